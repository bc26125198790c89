/// Names of servers and of certificates (RFC 9525 section 6.3).
enum ServerName {
    /// Whether a certificate's name is that of the server; `*` stands for a whole first label.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        let name = name.lowercased()
        let pattern = pattern.lowercased()
        guard pattern.hasPrefix("*.") else { return name == pattern }
        guard let dot = name.firstIndex(of: ".") else { return false }
        return name[dot...] == pattern.dropFirst()
    }
}
