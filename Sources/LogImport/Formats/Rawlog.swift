import Traffic

/// Dovecot's rawlog: two files, what came in and what went out, merged by ``RawlogPair`` into lines that begin with `I ` or
/// `O `.
struct RawlogFormat: LogFormat {
    let name = "rawlog"
    let title = "Dovecot rawlog, a pair of .in and .out"
    let literals = LogScribe.Literals.present

    func count(in lines: [LogLine]) -> Int { lines.first?.octets == RawlogPair.heading ? Int.max / 2 : 0 }

    func makeReader() -> any LogReader { RawlogReader() }
}

private struct RawlogReader: LogReader {
    private var hasBegun = false

    mutating func read(_ line: LogLine, into scribe: LogScribe) {
        guard line.octets != RawlogPair.heading else { return }
        let direction: Direction = line.octets.first == UInt8(ascii: "I") ? .client : .server
        let (time, said) = RawlogPair.stamp(line.octets.dropping(2))
        if !self.hasBegun {
            // The files begin with the login.
            self.hasBegun = true
            scribe.begin(at: time, isMidStream: !said.isGreeting)
        }
        if line.hasCR {
            scribe.octets(said + [0x0D, 0x0A], direction, at: time)
        } else {
            scribe.line(said, direction, at: time)
        }
    }

    mutating func finish(into scribe: LogScribe) {}
}

/// Puts the two files of a rawlog in the order of the dialogue.
public enum RawlogPair {
    static let heading = Array("imapscope rawlog pair".utf8)

    /// `1795531096.628977 NFFL2 SELECT INBOX`
    static func stamp(_ line: [UInt8]) -> (time: Timestamp?, rest: [UInt8]) {
        guard let space = line.firstIndex(of: UInt8(ascii: " ")), space >= 17, space <= 20,
            line[..<space].contains(UInt8(ascii: ".")), let time = LogTime.epoch(line[..<space].text)
        else { return (nil, line) }
        return (time, Array(line[(space + 1)...]))
    }

    /// The name of the other file of a pair; nil when `path` names none.
    public static func partner(of path: String) -> String? {
        if path.hasSuffix(".in") { return String(path.dropLast(3)) + ".out" }
        if path.hasSuffix(".out") { return String(path.dropLast(4)) + ".in" }
        return nil
    }

    /// - Returns: one log that ``RawlogFormat`` reads.
    public static func merged(client: [UInt8], server: [UInt8]) -> [UInt8] {
        var merging = Merging(Self.lines(client), Self.lines(server))
        return merging.run()
    }

    private static func lines(_ octets: [UInt8]) -> [LogLine] {
        var lines: [LogLine] = []
        let cutter = LineCutter()
        cutter.cut(octets) { lines.append($0) }
        cutter.finish { lines.append($0) }
        return lines
    }

    private struct Merging {
        private let client: [LogLine]
        private let server: [LogLine]
        private var next = (client: 0, server: 0)
        private var result = RawlogPair.heading + [0x0A]

        init(_ client: [LogLine], _ server: [LogLine]) {
            self.client = client
            self.server = server
        }

        mutating func run() -> [UInt8] {
            let first = self.client.first ?? self.server.first
            if first.map({ RawlogPair.stamp($0.octets).time != nil }) == true {
                self.byTime()
            } else {
                self.byDialogue()
            }
            return self.result
        }

        private mutating func take(_ direction: Direction) {
            let line = direction == .client ? self.client[self.next.client] : self.server[self.next.server]
            if direction == .client { self.next.client += 1 } else { self.next.server += 1 }
            self.result += direction == .client ? [0x49, 0x20] : [0x4F, 0x20]
            self.result += line.octets + (line.hasCR ? [0x0D, 0x0A] : [0x0A])
        }

        private mutating func byTime() {
            while self.next.client < self.client.count || self.next.server < self.server.count {
                guard self.next.server < self.server.count else {
                    self.take(.client)
                    continue
                }
                guard self.next.client < self.client.count else {
                    self.take(.server)
                    continue
                }
                let left = RawlogPair.stamp(self.client[self.next.client].octets).time ?? .zero
                let right = RawlogPair.stamp(self.server[self.next.server].octets).time ?? .zero
                // A line of the same time as its answer was sent before it.
                self.take(left <= right ? .client : .server)
            }
        }

        /// Without times: a command comes before its answer, and a literal behind the line that asks for it.
        private mutating func byDialogue() {
            while self.next.server < self.server.count, self.server[self.next.server].octets.isBeforeCommands {
                self.take(.server)
            }
            while self.next.client < self.client.count {
                let line = self.client[self.next.client].octets
                let tag = Array(line.prefix { $0 != UInt8(ascii: " ") })
                self.take(.client)
                var literal = line.announcedLiteral
                let waits = line.last == UInt8(ascii: "}") && !line.hasSuffix("+}")
                if literal != nil, waits { self.answers { $0.first == UInt8(ascii: "+") } }
                while let size = literal, self.next.client < self.client.count {
                    var taken: UInt64 = 0
                    var last: [UInt8] = []
                    while taken < size, self.next.client < self.client.count {
                        last = self.client[self.next.client].octets
                        taken += UInt64(last.count + 2)
                        self.take(.client)
                    }
                    // The line that goes on behind it, or ends the command.
                    if taken == size, self.next.client < self.client.count {
                        last = self.client[self.next.client].octets
                        self.take(.client)
                    }
                    literal = last.announcedLiteral
                    if literal != nil, !last.hasSuffix("+}") { self.answers { $0.first == UInt8(ascii: "+") } }
                }
                let begun = tag + [UInt8(ascii: " ")]
                self.answers { $0.starts(with: begun) || $0.starts("+ ") }
            }
            while self.next.server < self.server.count { self.take(.server) }
        }

        /// Takes the server's lines up to the one that is asked for; none when it is not there.
        private mutating func answers(_ isIt: ([UInt8]) -> Bool) {
            guard let end = self.server[self.next.server...].firstIndex(where: { isIt($0.octets) }) else { return }
            while self.next.server <= end { self.take(.server) }
        }
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ text: String) -> Bool { self.suffix(text.utf8.count).elementsEqual(text.utf8) }

    /// What a server says before any command: its greeting, or what a login that the file does not have was answered with.
    fileprivate var isBeforeCommands: Bool {
        self.isGreeting || self.starts("* CAPABILITY") || self.contains(" OK Logged in")
    }

    private func contains(_ text: String) -> Bool { self.firstRange(of: Swift.Array(text.utf8)) != nil }
}
