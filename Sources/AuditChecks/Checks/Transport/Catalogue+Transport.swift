extension Catalogue {
    static let transport: [any Check.Type] = [
        CleartextCredentials.self
    ]
}
