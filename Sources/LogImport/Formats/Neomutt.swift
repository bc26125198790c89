import Traffic

extension MarkedFormat {
    /// `neomutt -d 2` and above: `[2026-11-24 14:38:14]<2> mutt_socket_write_d() 4> a0000 …`; Mutt leaves the function out.
    static let neomutt = MarkedFormat(name: "neomutt", title: "neomutt and mutt debug files", literals: .present) {
        line in
        // Commands that are written at once stand below each other; tags are a letter and four digits.
        if line.count > 6, line[5] == UInt8(ascii: " "), (0x61...0x7A).contains(line[0]),
            line[1..<5].allSatisfy({ (0x30...0x39).contains($0) })
        {
            return MarkedLine(.line(.client, line))
        }
        guard line.first == UInt8(ascii: "["), let close = line.firstIndex(of: UInt8(ascii: "]")), close < 32,
            let time = LogTime.date(line[1..<close].text)
        else { return nil }
        let rest = Array(line[(close + 1)...])
        if let server = rest.after("Connected to "), let colon = server.lastIndex(of: UInt8(ascii: ":")) {
            let port = server[(colon + 1)...].text.prefix { $0.isNumber }
            return MarkedLine(.begins(Endpoint(host: server[..<colon].text, port: UInt16(port) ?? 143)), time: time)
        }
        if let size = rest.after("imap_read_literal() reading ")?.before(" bytes"), let count = UInt64(size.text) {
            return MarkedLine(.missing(.server, count), time: time)
        }
        // Behind the level, and the function where there is one: the descriptor and an arrow.
        let words = rest.split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
        for (index, word) in words.enumerated().prefix(3) {
            guard let arrow = word.last, arrow == UInt8(ascii: ">") || arrow == UInt8(ascii: "<"), word.count <= 5,
                word.count > 1, word.dropLast().allSatisfy({ (0x30...0x39).contains($0) })
            else { continue }
            let said = Array(words[(index + 1)...].joined(separator: [UInt8(ascii: " ")]))
            return MarkedLine(.line(arrow == UInt8(ascii: ">") ? .client : .server, said), time: time)
        }
        return nil
    }
}
