import FilterLanguage

/// The rules that can apply to messages of one sort.
struct WireCandidates: Sendable {
    /// In their order.
    var rules: [Int]
    /// Those of them that can be ruled out by ``scan``.
    private let scanned: Set<Int>
    private let scan: NeedleScan?

    init(_ rules: [Int], of all: [WireRule]) {
        self.rules = rules
        var needles: [[UInt8]] = []
        var scanned: Set<Int> = []
        for rule in rules {
            guard let own = all[rule].when?.needles, own.allSatisfy({ $0.count >= NeedleScan.shortest }) else {
                continue
            }
            needles += own
            scanned.insert(rule)
        }
        self.scanned = scanned
        self.scan = needles.isEmpty ? nil : NeedleScan(needles)
        self.unscanned = rules.filter { !scanned.contains($0) }
    }

    private let unscanned: [Int]

    var isEmpty: Bool { self.rules.isEmpty }

    /// Those that are left when the text of the message is known.
    func left(by text: UnsafeRawBufferPointer) -> [Int] {
        guard let scan else { return self.rules }
        return scan.mayContain(text) ? self.rules : self.unscanned
    }
}
