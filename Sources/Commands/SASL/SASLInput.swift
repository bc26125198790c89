import SASL
import Traffic

/// Lines of an authentication as people have them: bare base64, or with what stands before it on the wire.
struct SASLInput {
    struct Line: Equatable {
        /// Nil if nothing says who sent it.
        var direction: Direction?
        var isInitial = false
        /// In base64; `*` and the empty line are what they are on the wire.
        var text: [UInt8]
    }

    private(set) var mechanism: Mechanism?
    private(set) var lines: [Line] = []

    init(mechanism: Mechanism?) {
        self.mechanism = mechanism
    }

    /// Takes `base64`, `+ base64`, `C: base64`, `S: + base64`, `tag AUTHENTICATE mechanism [base64]`. What else a server says is
    /// left out.
    mutating func take(_ line: some Collection<UInt8>) {
        var words = line.split { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }.map { Array($0) }[...]
        var direction: Direction?
        switch words.first.map({ String(decoding: $0, as: UTF8.self) }) {
        case "C:": direction = .client
        case "S:": direction = .server
        default: break
        }
        if direction != nil { words.removeFirst() }
        if words.first == [UInt8(ascii: "+")] {
            self.lines.append(Line(direction: .server, text: words.dropFirst().first ?? []))
        } else if words.count >= 3, words.dropFirst().first.map(Self.upper) == "AUTHENTICATE" {
            self.begin(words.dropFirst(2))
        } else if words.count < 2 {
            // An empty line is an empty answer, but only within an exchange.
            guard !words.isEmpty || direction == .client || !self.lines.isEmpty else { return }
            self.lines.append(Line(direction: direction, text: words.first ?? []))
        }
    }

    mutating func dropLast() {
        self.lines.removeLast()
    }

    private mutating func begin(_ words: ArraySlice<[UInt8]>) {
        guard let name = words.first else { return }
        do throws(MechanismNameError) {
            self.mechanism = try Mechanism(parsing: name.span.bytes)
        } catch {
            return
        }
        self.lines = []
        if let response = words.dropFirst().first {
            self.lines.append(Line(direction: .client, isInitial: true, text: response))
        }
    }

    private static func upper(_ word: [UInt8]) -> String { String(decoding: word, as: UTF8.self).uppercased() }
}
