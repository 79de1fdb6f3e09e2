//! A sheet as an HTML page for a browser or paper: nothing is loaded but what its frame names.

use askama::Template;

use super::{BEFORE, Block, LOOK_FOR, Sheet};

/// What all pages of this program have in common: colours for a light and a dark screen, a phone, print.
pub const STYLE: &str = include_str!("style.css");

/// Says what a page stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame<'a> {
    /// In a file of its own.
    Alone,
    /// Beside others: where the first page of all is, its title, and the program that adds what only a program can.
    Among {
        /// The first page.
        home: &'a str,
        /// Its title.
        title: &'a str,
        /// The style sheet.
        style: &'a str,
        /// The script.
        script: &'a str,
        /// What stands below everything.
        footer: &'a str,
    },
}

#[derive(Template)]
#[template(path = "sheet.html", config = "src/sheet/askama.toml")]
struct Document<'a> {
    sheet: &'a Sheet,
    frame: Frame<'a>,
    style: &'static str,
}

/// Writes a sheet as an HTML page.
#[expect(clippy::missing_panics_doc, reason = "memory takes every byte")]
pub fn html(sheet: &Sheet, frame: Frame) -> String {
    Document { sheet, frame, style: STYLE }.render().expect("memory takes every byte")
}
