#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How cost grows with the size of a text.
enum Growth {
    /// Sixteen times the text costs sixteen times as much an octet when the time is quadratic, and as much when it is
    /// linear; memory that is not in the cache any more costs a little.
    static let linear = 6.0

    /// How much more an octet costs in a text of half a megabyte than in one of 32 KiB: `head`, then `piece` again and again.
    static func ofCost(_ head: String, _ piece: String, _ work: (RawSpan) -> Void) -> Double {
        func cost(_ octets: Int) -> Double {
            let text = Syntax.octets(head + String(repeating: piece, count: octets / piece.utf8.count))
            var least = Double.infinity
            for _ in 0..<3 {
                let began = self.cpuTime()
                work(text.span.bytes)
                least = min(least, self.cpuTime() - began)
            }
            return least / Double(text.count)
        }
        _ = cost(16 << 10)
        let small = cost(32 << 10)
        return cost(512 << 10) / max(small, 1e-10)
    }

    private static func cpuTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
