/// The registered cipher suites (IANA, TLS Cipher Suites) as data: their numbers and names. All else is in the names.
enum CipherSuiteTable {
    static let names: [UInt16: String] = {
        var names: [UInt16: String] = [:]
        for (id, name) in Self.original + Self.current + Self.elliptic { names[id] = name }
        return names
    }()
}
