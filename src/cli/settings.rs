//! Settings: flag, then environment, then the user's config file, then a default.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::args::{Global, Walking, When};
use super::error::Failure;
use super::pasted::masked_option;
use crate::catalog::{Catalog, Layers, read_source};
use crate::source::Source;
use crate::store::Sqlite;
use crate::walk::About;

/// Holds what holds for every command.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) layers: Layers,
    pub(super) store: PathBuf,
    pub(super) color: When,
    config: Config,
    is_store_named: bool,
}

/// Mirrors the config file `config.ron` in the user's config folder.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Config")]
struct Config {
    /// Who walks.
    agent: Option<String>,
    /// Whether walks are at a desk.
    desk: bool,
    /// Folders with flows.
    flows: Vec<PathBuf>,
    /// Where sessions are kept.
    store: Option<PathBuf>,
}

impl Settings {
    pub(super) fn read(global: &Global) -> Result<Self, Failure> {
        let dirs = etcetera::choose_base_strategy().map_err(|_| Failure::NoHome)?;
        let config = Config::read(&dirs.config_dir().join("rootwalk").join("config.ron"))?;
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        let mut environment: Vec<PathBuf> = set("ROOTWALK_FLOWS").iter().flat_map(env::split_paths).collect();
        environment.extend(config.flows.iter().cloned());
        let state_dir = dirs.state_dir().unwrap_or_else(|| dirs.data_dir());
        let store =
            global.store.clone().or_else(|| set("ROOTWALK_STORE").map(PathBuf::from)).or_else(|| config.store.clone());
        Ok(Self {
            layers: Layers {
                flag: global.flows.clone(),
                environment,
                project: project_flows(),
                user: Some(dirs.data_dir().join("rootwalk").join("flows")),
            },
            store: store.unwrap_or_else(|| state_dir.join("rootwalk").join("sessions.db")),
            color: global.color,
            config,
            is_store_named: global.store.is_some(),
        })
    }

    /// Returns the store that was named on the command line: whoever goes on has to name it again.
    pub(super) fn named_store(&self) -> Option<&Path> {
        self.is_store_named.then_some(&*self.store)
    }

    /// Opens the store to read from it; nothing where there is none, and none is made.
    pub(super) fn existing_store(&self) -> Result<Option<Sqlite>, Failure> {
        Ok(if self.store.exists() { Some(Sqlite::open(&self.store)?) } else { None })
    }

    pub(super) fn catalog(&self) -> Result<Catalog, Failure> {
        Ok(Catalog::look(&self.layers)?)
    }

    /// Says whom and what a session is about.
    pub(super) fn about(&self, walking: &Walking) -> About {
        About {
            ticket: walking.ticket.clone(),
            agent: walking.agent.clone().or_else(|| self.config.agent.clone()),
            customer: walking.customer.clone(),
            symptom: masked_option("--symptom", walking.symptom.as_ref()),
            desk: walking.desk || self.config.desk,
        }
    }

    /// Says of a walk that is not stored only whether it is shown as at a desk.
    pub(super) fn about_preview(&self, desk: bool) -> About {
        About { desk: desk || self.config.desk, ..About::default() }
    }

    /// Decides once whether to use colours: flag, `NO_COLOR`, `CLICOLOR_FORCE`, then whether somebody sees them.
    pub(super) fn use_colors(&self, sees: &impl io::IsTerminal) -> bool {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
            When::Auto => set("CLICOLOR_FORCE") || (sees.is_terminal() && !is_dumb),
        }
    }
}

/// Tells whether plain lines are asked for, by flag or environment.
pub(super) fn wants_plain(plain: bool) -> bool {
    let is_set = env::var_os("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0");
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    plain || is_set || is_dumb
}

impl Config {
    fn read(path: &Path) -> Result<Self, Failure> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let source: Source = read_source(path).map_err(|findings| Failure::Findings(vec![findings]))?;
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        options.from_str(source.text()).map_err(|error| Failure::Config {
            path: path.to_owned(),
            line: error.span.start.line,
            column: error.span.start.col,
            message: error.code.to_string(),
        })
    }
}

/// Finds the project's flows: `.rootwalk/flows` here or in the nearest folder above that has one.
fn project_flows() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join(".rootwalk").join("flows")).find(|folder| folder.is_dir())
}
