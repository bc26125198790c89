import Traffic

/// A dialogue without marks, as telnet, `openssl s_client` and tutorials show it, with prose between its lines: who says what is
/// known by what it is.
struct TelnetFormat: LogFormat {
    let name = "telnet"
    let title = "dialogues without marks: telnet, openssl s_client, tutorials"
    let literals = LogScribe.Literals.present

    func count(in lines: [LogLine]) -> Int {
        var reading = TelnetReading()
        var (commands, responses) = (0, 0)
        for line in lines {
            switch reading.speaker(of: line.octets) {
            case .client: commands += 1
            case .server: responses += 1
            case nil: break
            }
        }
        // Anything may look like the one or the other; a dialogue has both.
        return commands > 0 && responses > 0 ? max(2, (commands + responses) / 2) : 0
    }

    func makeReader() -> any LogReader { TelnetReader() }
}

private struct TelnetReader: LogReader {
    private var reading = TelnetReading()
    private var hasBegun = false
    private var margin = 0

    mutating func read(_ line: LogLine, into scribe: LogScribe) {
        // Spaces or tabs before a block are the margin of the page; what a literal has beyond it is its own.
        let space = line.octets.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let margin = self.reading.isInsideLiteral ? min(space, self.margin) : space
        let octets = line.octets.dropping(margin)
        guard let direction = self.reading.speaker(of: octets) else { return }
        self.margin = margin
        if !self.hasBegun {
            self.hasBegun = true
            scribe.begin(isMidStream: direction == .client || !octets.isGreeting)
        }
        scribe.line(octets, direction)
    }

    mutating func finish(into scribe: LogScribe) {}
}

/// Tells commands, responses and prose apart.
struct TelnetReading {
    private var pending: Set<[UInt8]> = []
    private var literal: (direction: Direction, rest: Int)?
    /// After AUTHENTICATE and `+`, a line of base64 is the client's.
    private var isAuthenticating = false
    private var isChallenged = false
    private var isIdling = false
    private var literalWaits = false

    var isInsideLiteral: Bool { self.literal != nil }

    mutating func speaker(of line: [UInt8]) -> Direction? {
        if let literal {
            if literal.direction == .client, self.literalWaits {
                self.literalWaits = false
                if line.first == UInt8(ascii: "+") { return .server }
                if self.isCompletion(line) {
                    self.literal = nil
                    return .server
                }
            }
            let rest = literal.rest - line.count - 2
            // One octet more or less is the slip of a person who counts: the answer comes where it comes.
            if rest < 0, self.isCompletion(line) {
                self.literal = nil
                return .server
            }
            self.literal = rest >= 0 ? (literal.direction, rest) : nil
            if rest < 0 { self.announce(line, literal.direction) }
            return literal.direction
        }
        if line.starts("* ") {
            guard self.isUntagged(line) else { return nil }
            self.announce(line, .server)
            return .server
        }
        if line == [UInt8(ascii: "*")], self.isAuthenticating {
            self.isAuthenticating = false
            return .client
        }
        if line.starts("+ ") || line == [UInt8(ascii: "+")] {
            self.isChallenged = self.isAuthenticating
            return .server
        }
        if self.isChallenged, !line.isEmpty, !line.contains(UInt8(ascii: " ")) {
            self.isChallenged = false
            return .client
        }
        if self.isIdling, line.text.uppercased() == "DONE" {
            self.isIdling = false
            return .client
        }
        if self.isCompletion(line) {
            self.isAuthenticating = false
            self.isChallenged = false
            return .server
        }
        guard self.isCommand(line) else { return nil }
        self.announce(line, .client)
        return .client
    }

    private mutating func announce(_ line: [UInt8], _ direction: Direction) {
        guard let size = line.announcedLiteral, size <= 1 << 30 else { return }
        self.literal = (direction, Int(size))
        self.literalWaits = direction == .client && !line.suffix(2).elementsEqual("+}".utf8)
    }

    private static let status: Set<String> = ["OK", "NO", "BAD"]

    private func isCompletion(_ line: [UInt8]) -> Bool {
        let words = line.prefix(80).split(separator: UInt8(ascii: " "))
        guard words.count >= 2 else { return false }
        return self.pending.contains(Array(words[0])) && Self.status.contains(Array(words[1]).text)
            || words[0].count <= 12 && Self.status.contains(Array(words[1]).text)
                && Self.isTag(Array(words[0])) && !self.pending.isEmpty
    }

    private static let untagged: Set<String> = [
        "OK", "NO", "BAD", "BYE", "PREAUTH", "CAPABILITY", "FLAGS", "LIST", "LSUB", "STATUS", "SEARCH", "ESEARCH",
        "SORT",
        "THREAD", "NAMESPACE", "ID", "ENABLED", "VANISHED", "QUOTA", "QUOTAROOT", "ACL", "MYRIGHTS", "LISTRIGHTS",
        "METADATA",
        "LANGUAGE", "COMPARATOR", "GENURLAUTH", "URLFETCH", "CONVERSION",
    ]
    private static let numbered: Set<String> = ["EXISTS", "RECENT", "EXPUNGE", "FETCH"]

    /// A list of a page may begin with an asterisk too.
    private func isUntagged(_ line: [UInt8]) -> Bool {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 3).map { Array($0).text.uppercased() }
        guard words.count >= 2 else { return false }
        if Self.untagged.contains(words[1]) { return true }
        return words.count >= 3 && UInt64(words[1]) != nil && Self.numbered.contains(words[2])
    }

    private static let commands: Set<String> = [
        "CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "AUTHENTICATE", "LOGIN", "SELECT", "EXAMINE", "CREATE", "DELETE",
        "RENAME",
        "SUBSCRIBE", "UNSUBSCRIBE", "LIST", "LSUB", "STATUS", "APPEND", "CHECK", "CLOSE", "UNSELECT", "EXPUNGE",
        "SEARCH",
        "FETCH", "STORE", "COPY", "MOVE", "UID", "IDLE", "NAMESPACE", "ENABLE", "ID", "SORT", "THREAD", "GETQUOTA",
        "GETQUOTAROOT", "SETQUOTA", "GETACL", "SETACL", "DELETEACL", "MYRIGHTS", "LISTRIGHTS", "GETMETADATA",
        "SETMETADATA",
        "COMPRESS", "NOTIFY", "REPLACE", "UNAUTHENTICATE",
    ]

    private mutating func isCommand(_ line: [UInt8]) -> Bool {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2).map { Array($0) }
        guard words.count >= 2, Self.isTag(words[0]) else { return false }
        let name = words[1].text.uppercased()
        guard Self.commands.contains(name) else { return false }
        // “a list of” and “to close the” are prose: commands of tutorials are written in capitals, or their arguments look so.
        if words[1].text != name, words.count == 3, !Self.looksLikeArguments(words[2]), !self.known.contains(words[0]) {
            return false
        }
        self.known.insert(words[0])
        self.pending.insert(words[0])
        self.isAuthenticating = name == "AUTHENTICATE"
        self.isIdling = name == "IDLE"
        return true
    }

    private var known: Set<[UInt8]> = []

    private static func isTag(_ word: [UInt8]) -> Bool {
        word.count <= 12 && !word.isEmpty
            && word.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == UInt8(ascii: ".")
            }
            && word.last != UInt8(ascii: ".")
    }

    /// A number, a set, a name in quotes or a single word: no sentence.
    private static func looksLikeArguments(_ text: [UInt8]) -> Bool {
        if let first = text.first, (0x22...0x3A).contains(first) || first == UInt8(ascii: "*") { return true }
        return text.split(separator: UInt8(ascii: " ")).count <= 2 && text.last != UInt8(ascii: ".")
            && text.last != UInt8(ascii: ",")
    }
}
