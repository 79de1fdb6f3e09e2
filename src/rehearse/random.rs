//! Draws: whole numbers from a seed, the same on every machine.

/// Draws numbers (`SplitMix64`, Steele, Lea and Flood 2014); the seed is what it holds. Seeds that lie together draw numbers that do not.
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    /// Draws a number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Draws a number below a bound.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from((u128::from(self.draw()) * u128::from(bound)) >> 64).expect("below a u32")
    }
}
