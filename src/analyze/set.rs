//! Sets of outcomes as bits: what is live, what answers yes, what answers no.

/// Holds places in an instance's list of outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Set(u128);

impl Set {
    /// As many outcomes can be told apart.
    pub const MOST: usize = 128;

    /// Holds the first so many outcomes.
    pub fn first(count: usize) -> Self {
        Self(if count >= Self::MOST { u128::MAX } else { (1 << count) - 1 })
    }

    /// Makes a set from its bits.
    pub fn of_bits(bits: u32) -> Self {
        Self(u128::from(bits))
    }

    /// Returns the bits of a set of at most 32 outcomes.
    pub fn bits(self) -> u32 {
        u32::try_from(self.0).expect("asked only for instances of at most 32 outcomes")
    }

    /// Adds an outcome.
    pub fn add(&mut self, n: usize) {
        self.0 |= 1 << n;
    }

    /// Tells whether an outcome is in the set.
    pub fn contains(self, n: usize) -> bool {
        self.0 >> n & 1 == 1
    }

    /// Tells whether nothing is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Counts what is in the set.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns what is in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns what is in this and not in the other.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns the set without one outcome.
    #[must_use]
    pub fn without(self, n: usize) -> Self {
        Self(self.0 & !(1 << n))
    }

    /// Returns what is in the set, in order.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let n = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (n < Self::MOST).then_some(n)
        })
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<I: IntoIterator<Item = usize>>(outcomes: I) -> Self {
        let mut set = Self::default();
        outcomes.into_iter().for_each(|n| set.add(n));
        set
    }
}
