//! The codes: one stable, kebab-case name for each thing that can be wrong with a file. Each has a page, `pages/<name>.md`.

/// Tells how bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used, or somebody walking it would be led astray.
    Error,
    /// The file can be used; a good editor would ask for more.
    Warning,
}

macro_rules! codes {
    ($($variant:ident $severity:ident $name:literal $meaning:literal,)*) => {
        /// Names what is wrong. The kebab-case name is stable: scripts may rely on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Lists every code, in the order in which a file meets them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the code of a name.
            pub fn of(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|code| code.name() == name).copied()
            }

            /// Returns the stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns one sentence on what the code means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// Returns the text of its page.
            pub(super) const fn page(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("pages/", $name, ".md")),)* }
            }

            /// Returns how bad it is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    Unreadable Error "unreadable" "The file cannot be read from the disk.",
    NotUtf8 Error "not-utf-8" "The file is not UTF-8 text.",
    TooLarge Error "too-large" "The file is larger than a flow can be.",
    Syntax Error "syntax" "The text is not RON.",
    UnknownField Error "unknown-field" "A field that the format does not have.",
    MissingField Error "missing-field" "A field that the format asks for is not there.",
    DuplicateField Error "duplicate-field" "A field is given twice.",
    WrongType Error "wrong-type" "A value is of another kind than the format asks for.",
    UnknownVariant Error "unknown-variant" "A word that is none of the words allowed here.",
    DuplicateKey Error "duplicate-key" "Two entries of one map have the same id.",
    UnknownFormat Error "unknown-format" "The format number is not one this program reads.",
    BadId Error "bad-id" "An id has a character that cannot be typed or named safely.",
    BadDate Error "bad-date" "A date is not a day of the calendar in the form YYYY-MM-DD.",
    EmptyText Error "empty-text" "A text is empty where a person would read it.",
    HostileCharacter Error "hostile-character" "A character that acts on a terminal, or hides.",
    UnknownQuestion Error "unknown-question" "A question is named that the flow does not have.",
    UnknownCause Error "unknown-cause" "A cause is named that the flow does not have.",
    UnknownStep Error "unknown-step" "A step is named that the flow does not have.",
    EmptyFix Error "empty-fix" "A cause has no step that would fix it.",
    InseparableCauses Error "inseparable-causes" "A group of inseparable causes names fewer than two.",
    Cycle Error "cycle" "Questions lead back to themselves, so a walk might never end.",
    DuplicateFlow Error "duplicate-flow" "Two files of one folder hold a flow of the same id.",
    DuplicateStep Error "duplicate-step" "Two files of one folder have a shared step of the same id.",
    IdNotFileStem Error "id-not-file-stem" "The flow's id is not the name of its file.",
    UnknownFlow Error "unknown-flow" "Another flow is named that is not in the catalog.",
    UnreachableQuestion Error "unreachable-question" "No answers lead from the start to a question.",
    UnreachableCause Error "unreachable-cause" "No answers lead to a cause, so nobody can find it.",
    ExpectsContradictsGraph Error "expects-contradicts-graph" "A cause expects an answer that cannot lead to it.",
    UselessQuestion Error "useless-question" "Both answers of a question lead to the same causes.",
    AskedTwice Error "asked-twice" "One walk can ask the same thing twice.",
    DuplicateFact Error "duplicate-fact" "Two different questions of one flow ask for the same fact.",
    UnusedStep Error "unused-step" "No cause and no question uses a step.",
    BrokenRehearsal Error "broken-rehearsal" "A rehearsal does not end where it says it does.",
    UnrehearsedCause Error "unrehearsed-cause" "No rehearsal ends at a cause.",
    UnusedSharedStep Warning "unused-shared-step" "No flow names a shared step.",
    TwoFacts Warning "two-facts" "A question asks for two facts at once.",
    LongQuestion Warning "long-question" "A question has more than 25 words.",
    UnexplainedJargon Warning "unexplained-jargon" "A question has a technical term and no way to find out.",
    WeakSeparation Warning "weak-separation" "Only a bare question tells two causes apart.",
    InternalNote Warning "internal-note" "What is said to a customer reads like a note.",
    UnwarnedRisk Warning "unwarned-risk" "A step that can do harm has no warning.",
    UnverifiedFix Warning "unverified-fix" "Nothing says how to see that a fix worked.",
    SlowStepFirst Warning "slow-step-first" "A fix orders a step of days before one of minutes.",
    StaleSource Warning "stale-source" "The facts were last checked over a year ago.",
    FutureDate Warning "future-date" "The day of the last check is yet to come.",
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Severity {
    /// Returns the word that stands before a message.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_of_its_own_in_kebab_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(
            names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
