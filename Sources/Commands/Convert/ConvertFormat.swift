/// What `convert` writes.
enum ConvertFormat: String, ChoiceSetting {
    case pcapng
    case jsonl
    case store
    case html
    case text
    case rawlog

    /// The one that the name of a file asks for.
    init?(path: String) {
        if path.hasSuffix("/") {
            self = .rawlog
            return
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: ".") else { return nil }
        switch name[name.index(after: dot)...].lowercased() {
        case "pcapng", "pcap": self = .pcapng
        case "jsonl", "ndjson": self = .jsonl
        case "imapscope": self = .store
        case "html", "htm": self = .html
        case "txt", "text", "log": self = .text
        case "rawlog": self = .rawlog
        default: return nil
        }
    }
}
