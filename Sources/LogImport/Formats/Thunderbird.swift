import Traffic

extension MarkedFormat {
    /// `MOZ_LOG=IMAP:5`, or `IMAP:4`:
    /// `2026-11-24 10:00:00.123456 UTC - [Parent 1234: IMAP]: D/IMAP 0x7f12:imap.example.org:S-INBOX:SendData: 5 noop`.
    static let thunderbird = MarkedFormat(name: "thunderbird", title: "Thunderbird, MOZ_LOG=IMAP", literals: .present) {
        line in
        guard let mark = line.firstRange(of: Array("/IMAP ".utf8)) else { return nil }
        let rest = Array(line[mark.upperBound...])
        let time = LogTime.date(line[..<mark.lowerBound].text.split(separator: "[").first.map(String.init) ?? "")
        let parts = rest.split(separator: UInt8(ascii: ":"), maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5 else { return nil }
        let key = Array(parts[0]).text
        let what = Array(parts[3]).text
        let said = parts[4].first == UInt8(ascii: " ") ? Array(parts[4].dropFirst()) : Array(parts[4])
        switch what {
        case "SendData":
            // The words stand in place of a login.
            return said.starts("Logging suppressed") ? nil : MarkedLine(.line(.client, said), key: key, time: time)
        case "CreateNewLineFromSocket":
            return said.starts("clearing IMAP_CONNECTION")
                ? MarkedLine(.ends, key: key, time: time)
                : MarkedLine(.line(.server, said), key: key, time: time)
        case "TellThreadToDie", "ProcessCurrentURL", "SetConnectionStatus": return nil
        default: return nil
        }
    }
}
