import Traffic

extension MarkedFormat {
    /// `imaplib.Debug = 4`: `  38:14.87 > b'CCMH0 CAPABILITY'`; literals are told by their size only.
    static let imaplib = MarkedFormat(name: "imaplib", title: "Python imaplib, Debug = 4", literals: .present) { line in
        let text = line.drop { $0 == UInt8(ascii: " ") }
        guard let space = text.firstIndex(of: UInt8(ascii: " ")), let time = LogTime.clock(text[..<space].text),
            text.prefix(6).contains(UInt8(ascii: ":"))
        else { return nil }
        let rest = Array(text[(space + 1)...])
        if rest.starts("new IMAP4") { return MarkedLine(.begins(nil), time: time) }
        for (mark, direction) in [("read literal size ", Direction.server), ("write literal size ", .client)] {
            guard let digits = rest.after(mark), let size = UInt64(digits.text) else { continue }
            return MarkedLine(.missing(direction, size), time: time)
        }
        guard rest.starts("> ") || rest.starts("< "), let octets = PythonText.bytes(rest.dropping(2)) else {
            return nil
        }
        return MarkedLine(.line(rest[0] == UInt8(ascii: ">") ? .client : .server, octets), time: time)
    }

    /// `offlineimap -d imap`, which uses imaplib2: `[imap]:   38:14.28 127.0.0.2 writer > b'…\r\n'`.
    static let offlineimap = MarkedFormat(name: "offlineimap", title: "offlineimap -d imap", literals: .present) {
        line in
        guard line.firstRange(of: Array("[imap]:".utf8)) != nil || line.starts("  ") else { return nil }
        let words = line.text.split(separator: " ", maxSplits: 8)
        let time = words.lazy.compactMap { $0.contains(":") ? LogTime.clock(String($0)) : nil }.first
        if line.firstRange(of: Array("connected to ".utf8)) != nil, let port = line.after(" on port ") {
            let host = line.after("connected to ")?.before(" on port ")?.text ?? "server"
            return MarkedLine(.begins(Endpoint(host: host, port: UInt16(port.text) ?? 143)), time: time)
        }
        if let sent = line.after(" writer > "), let octets = PythonText.bytes(sent) {
            return MarkedLine(.octets(.client, octets), time: time)
        }
        if let got = line.after(" reader < "), let octets = PythonText.bytes(got) {
            return MarkedLine(.octets(.server, octets), time: time)
        }
        return nil
    }
}

/// Python's way to print octets.
enum PythonText {
    /// `b'* FLAGS (\\Seen)\r\n'`; nil when it is none, or cut.
    static func bytes(_ text: [UInt8]) -> [UInt8]? {
        guard text.count >= 3, text[0] == UInt8(ascii: "b"),
            text[1] == UInt8(ascii: "'") || text[1] == UInt8(ascii: "\""),
            text.last == text[1]
        else { return nil }
        var octets: [UInt8] = []
        var index = 2
        while index < text.count - 1 {
            guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count - 1 else {
                octets.append(text[index])
                index += 1
                continue
            }
            switch text[index + 1] {
            case UInt8(ascii: "r"): octets.append(0x0D)
            case UInt8(ascii: "n"): octets.append(0x0A)
            case UInt8(ascii: "t"): octets.append(0x09)
            case UInt8(ascii: "x"):
                guard index + 3 < text.count, let octet = UInt8(text[(index + 2)...(index + 3)].text, radix: 16) else {
                    return nil
                }
                octets.append(octet)
                index += 2
            default: octets.append(text[index + 1])
            }
            index += 2
        }
        return octets
    }
}
