//! Sessions as documents: what was interrupted and taken up elsewhere reads as if it never was, and what was changed is found.

use proptest::prelude::*;
use rootwalk::transcript::{self, Transcript};
use rootwalk::walk::{Event, NoteKind, Session};

use crate::random::{Random, tangled};
use crate::sessions::{apply, edition, moves, start, step_done};

fn export(session: &Session) -> String {
    transcript::json(&Transcript::of(session))
}

/// A random session with notes, steps and answers taken back in it.
fn lively(seed: u64, steps: usize) -> Session {
    let mut session = start(&edition(&tangled(seed, 6, 5)));
    let mut random = Random(seed);
    for _ in 0..steps {
        let event = match random.below(8) {
            0 => Some(Event::Noted { note: NoteKind::Note, text: format!("note {}", random.below(100)) }),
            1 => session.last_undoable().map(|n| Event::TakenBack { n }),
            2 => step_done(&session),
            _ => None,
        };
        let moves = moves(&session);
        let event = match (event, moves.len()) {
            (Some(event), _) => event,
            (None, 0) => break,
            (None, count) => moves[random.below(count)].clone(),
        };
        apply(&mut session, event);
    }
    session
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_session_taken_up_elsewhere_reads_as_the_unbroken_one(seed: u64, steps in 1_usize..20, cut in 0_usize..20) {
        let unbroken = lively(seed, steps);
        let cut = 1 + cut % unbroken.records().len();
        let first = Session::fold(unbroken.id(), unbroken.editions().to_vec(), unbroken.records()[..cut].to_vec()).expect("legal");
        let mut taken_up = transcript::read(&export(&first)).expect("our own export");
        for record in &unbroken.records()[cut..] {
            taken_up.apply(record.clone()).expect("legal");
        }
        prop_assert_eq!(export(&taken_up), export(&unbroken));
        prop_assert_eq!(transcript::markdown(&Transcript::of(&taken_up)), transcript::markdown(&Transcript::of(&unbroken)));
    }

    #[test]
    fn every_session_replays_to_the_byte(seed: u64, steps in 1_usize..20) {
        let text = export(&lively(seed, steps));
        let replayed = transcript::replay(&text);
        prop_assert!(replayed.is_ok(), "{:?}", replayed.err());
    }

    #[test]
    fn no_byte_of_an_export_can_be_changed_unseen(seed: u64, steps in 1_usize..12, at: prop::sample::Index, byte in 0x20_u8..0x7f) {
        let text = export(&lively(seed, steps));
        let mut bytes = text.clone().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        // A changed note, time or name is another session of its own right: it replays as that one, to the byte.
        if let Ok(changed) = String::from_utf8(bytes)
            && let Ok(replayed) = transcript::replay(&changed)
        {
            prop_assert_eq!(export(&replayed.session), changed);
        }
    }
}
