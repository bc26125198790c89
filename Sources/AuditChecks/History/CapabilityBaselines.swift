/// What servers have offered, by server and by situation: before and behind TLS, before and behind a login.
///
/// Words are added and never taken away: a list that lacks one is what the check is for.
public struct CapabilityBaselines: Sendable, Hashable {
    public enum Situation: String, Sendable, Hashable, CaseIterable {
        case cleartext
        case tls
        case cleartextLoggedIn = "cleartext-logged-in"
        case tlsLoggedIn = "tls-logged-in"

        init(_ offer: CapabilityOffer) {
            self =
                offer.isAuthenticated
                ? (offer.isSecure ? .tlsLoggedIn : .cleartextLoggedIn) : (offer.isSecure ? .tls : .cleartext)
        }
    }

    /// Servers by `host:port`.
    public private(set) var servers: [String: [Situation: Set<String>]] = [:]
    /// The servers of which something new was learnt.
    public private(set) var changed: Set<String> = []

    static let serverLimit = 4096
    static let wordLimit = 256

    public init() {}

    mutating func learn(_ offer: CapabilityOffer, of server: String) -> Set<String> {
        guard self.servers[server] != nil || self.servers.count < Self.serverLimit else { return [] }
        let known = self.servers[server]?[Situation(offer)] ?? []
        let words = known.union(offer.words)
        if words != known, words.count <= Self.wordLimit {
            self.servers[server, default: [:]][Situation(offer)] = words
            self.changed.insert(server)
        }
        return known
    }

    // MARK: - Files

    /// Reads a server's file: a line for each situation, its name and the words.
    ///
    /// - Returns: false if a line is none.
    public mutating func read(_ text: String, of server: String) -> Bool {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map { String($0) }
            guard let first = words.first, let situation = Situation(rawValue: first), words.count <= Self.wordLimit
            else { return false }
            self.servers[server, default: [:]][situation] = Set(words.dropFirst())
        }
        return true
    }

    /// A server's file.
    public func text(of server: String) -> String {
        var text =
            "# What \(server) has offered to imapscope. Delete this file when the server has changed on purpose.\n"
        for situation in Situation.allCases {
            guard let words = self.servers[server]?[situation] else { continue }
            text += ([situation.rawValue] + words.sorted()).joined(separator: " ") + "\n"
        }
        return text
    }
}
