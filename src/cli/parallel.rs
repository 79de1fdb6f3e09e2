//! The same work on many things, on all cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Fewer things than this are not worth a second thread.
const FEW: usize = 8;

/// Bytes of a thread's stack: as the first thread of a process has, so that what one thread can do, all can.
const STACK: usize = 8 * 1024 * 1024;

/// Does the work on each thing and returns what came of it, in the order of the things, leaving out where nothing did. Each thread takes
/// the next thing that is left, so that a large one holds up nobody else.
pub(super) fn filter_map<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> Option<R> + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let others = cores.min(things.len() / FEW).saturating_sub(1);
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(n) else { return done };
            done.extend(work(thing).map(|result| (n, result)));
        }
    };
    let mut done = thread::scope(|scope| {
        // A thread that cannot be had leaves its work to the others; this one is always there.
        let others: Vec<_> = (0..others)
            .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok())
            .collect();
        let mut done = take();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_things() {
        let things: Vec<usize> = (0..10_000).collect();
        let odd: Vec<usize> = things.iter().copied().filter(|n| n % 2 == 1).collect();
        assert_eq!(filter_map(&things, |&n| (n % 2 == 1).then_some(n)), odd);
        assert_eq!(filter_map(&things[..3], |&n| Some(n)), [0, 1, 2]);
        assert_eq!(filter_map(&[], |&n: &usize| Some(n)), [0; 0]);
    }
}
