//! rootwalk walks a person from an error to its root cause.
//!
//! The way of the data:
//!
//! ```text
//! article → flow file → catalog → flow (parse, validate) → graph → walk ⇄ ui → store → transcript
//!                                 └→ check, proof, rehearse, diff, analyze (the author's eyes)
//! ```
//!
//! The rooms, each using only rooms above it:
//!
//! | room | what it does |
//! |---|---|
//! | [`source`] | text, byte spans, line and column |
//! | [`text`] | makes text harmless to show |
//! | [`paste`] | what a person pasted: without its secrets, and the values in it that commands ask for |
//! | [`sheet`] | a document laid out for a reader: text, Markdown, HTML |
//! | [`diag`] | what is wrong with a file, for people and machines, and a page on each code |
//! | [`flow`] | from a file's text to a model that holds |
//! | [`graph`] | what is reachable, what stays open, how far it is; drawings |
//! | [`check`] | the linter: what is wrong, and what a good editor would ask for, one file a rule |
//! | [`proof`] | what holds over every answer sequence |
//! | [`search`] | from what a person types to a flow |
//! | [`walk`] | events, state, position, narrowing |
//! | [`store`] | sessions on disk |
//! | [`transcript`] | the session as a document |
//! | [`guide`] | a flow as a document, and the list of all |
//! | [`site`] | the catalog as static web pages |
//! | [`rehearse`] | flows' own tests, what walks touch, practice |
//! | [`diff`] | what a change to a flow does to walks |
//! | [`analyze`] | what a walk costs, and how little it could |
//! | [`article`] | from an article to the first draft of its flow |
//! | [`catalog`] | which flows there are, and who wins |
//! | [`ui`] | the fronts: terminal, plain lines, script |
//! | [`cli`] | arguments, commands, exit codes |
//!
//! All rooms but `catalog`, `store`, `ui` and `cli` are pure: they open nothing, read no clock, draw no random number.

#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used))]

pub mod analyze;
pub mod article;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod flow;
pub mod graph;
pub mod guide;
pub mod paste;
pub mod proof;
pub mod rehearse;
pub mod search;
pub mod sheet;
pub mod site;
pub mod source;
pub mod store;
pub mod text;
pub mod transcript;
pub mod ui;
pub mod walk;
