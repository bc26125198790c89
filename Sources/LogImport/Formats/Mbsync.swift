import Traffic

extension MarkedFormat {
    /// `mbsync -D`: `F: ` or `N: ` names the side, far or near, `>>> ` what is sent.
    static let mbsync = MarkedFormat(name: "mbsync", title: "mbsync -D", literals: .absent) { line in
        guard line.starts("F: ") || line.starts("N: ") else { return nil }
        return MbsyncText.meaning(line.dropping(3), key: String(decoding: line.prefix(1), as: UTF8.self))
    }

    /// `mbsync -Dn`: the same without the side, which stands there only when both are IMAP.
    static let mbsyncNetwork = MarkedFormat(name: "mbsync-network", title: "mbsync -Dn", literals: .absent) { line in
        MbsyncText.meaning(line, key: "")
    }
}

private enum MbsyncText {
    static func meaning(_ line: [UInt8], key: String) -> MarkedLine? {
        if line.starts(">>> ") { return MarkedLine(.line(.client, line.dropping(4)), key: key) }
        let isResponse =
            line.starts("* ") && !line.starts("* * ") || line.starts("+ ") || line.first == UInt8(ascii: ")")
        return isResponse || self.isCompletion(line) ? MarkedLine(.line(.server, line), key: key) : nil
    }

    /// mbsync's tags are numbers.
    private static func isCompletion(_ line: [UInt8]) -> Bool {
        let words = line.prefix(24).split(separator: UInt8(ascii: " "))
        guard words.count >= 2, words[0].allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return ["OK", "NO", "BAD"].contains(Array(words[1]).text)
    }
}
