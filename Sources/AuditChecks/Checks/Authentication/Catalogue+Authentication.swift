extension Catalogue {
    static let authentication: [any Check.Type] = []
}
