extension Catalogue {
    static let capabilities: [any Check.Type] = []
}
