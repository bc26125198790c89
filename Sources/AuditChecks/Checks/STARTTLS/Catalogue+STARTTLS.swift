extension Catalogue {
    static let startTLS: [any Check.Type] = []
}
