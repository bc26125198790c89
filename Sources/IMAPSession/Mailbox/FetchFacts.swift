import IMAPProtocol
import IMAPWire
import Traffic

/// What a session must know of a FETCH response: the UID, the flags, the mod-sequence.
///
/// Read without lexing the line: servers put these items first, and what comes behind a structure is looked at only
/// while the UID is still missing and expected.
struct FetchFacts: Sendable, Hashable {
    /// The value of UID, whatever it is.
    var uid: UInt64?
    /// Between the parentheses of FLAGS.
    var flags: Range<Int>?
    /// The value of MODSEQ; 0 when it is no number (Zoho sends -1).
    var modSequence: UInt64?
    /// Octets looked at, for tests.
    private(set) var scanned = 0

    /// The UID when it stands first: `(UID 17 `. Every FETCH response of a long list is asked for it.
    static func leadingUID(_ text: RawSpan, from start: Int) -> UInt32? {
        // The longest number and what must follow it: nothing need be checked on the way.
        guard start + 16 <= text.byteCount else { return nil }
        return text.withUnsafeBytes { octets in
            guard octets.loadUnaligned(fromByteOffset: start, as: UInt32.self) == Self.openUID,
                octets[start + 4] == 0x20
            else { return nil }
            var value: UInt64 = 0
            var index = start + 5
            while index < start + 15 {
                let digit = octets[index] &- 0x30
                guard digit < 10 else { break }
                value = value &* 10 &+ UInt64(digit)
                index &+= 1
            }
            guard octets[index] == 0x20 || octets[index] == UInt8(ascii: ")"), value > 0, value <= UInt64(UInt32.max)
            else { return nil }
            return UInt32(truncatingIfNeeded: value)
        }
    }

    /// `(UID` as it lies in memory.
    private static var openUID: UInt32 { UInt32(littleEndian: 0x44_49_55_28) }

    /// Reads the list at `start`.
    ///
    /// - Parameters:
    ///   - literals: those of the message; their octets are text of others and never read as items.
    ///   - literalPrefix: how many octets of a literal the text holds.
    ///   - expectsUID: a UID stands somewhere in the list, so that structures are worth skipping.
    init(_ text: RawSpan, from start: Int, literals: [LiteralRecord], literalPrefix: Int, expectsUID: Bool) {
        text.withUnsafeBytes { octets in
            var scan = FetchScan(octets: octets, index: start, literalPrefix: literalPrefix)
            guard scan.open() else { return }
            while let name = scan.name() {
                if scan.isAtHeavyValue(name) {
                    if self.uid != nil || !expectsUID { break }
                    if let uid = scan.uidAtEnd(after: literals.last, literalPrefix: literalPrefix) {
                        self.uid = uid
                        break
                    }
                    scan.skipSection()
                    scan.skipValue()
                } else if name.isWord(octets, "UID") {
                    self.uid = scan.number() ?? self.uid
                } else if name.isWord(octets, "FLAGS"), let list = scan.flatList() {
                    self.flags = list
                } else if name.isWord(octets, "MODSEQ") {
                    self.modSequence = scan.parenthesised()
                } else {
                    scan.skipValue()
                }
            }
            self.scanned = scan.index - start
        }
    }
}

extension Range<Int> {
    fileprivate func isWord(_ octets: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        guard self.count == word.utf8CodeUnitCount else { return false }
        for offset in 0..<self.count where octets[self.lowerBound + offset] & 0xDF != word.utf8Start[offset] {
            return false
        }
        return true
    }
}
