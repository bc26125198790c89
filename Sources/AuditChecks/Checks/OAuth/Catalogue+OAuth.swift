extension Catalogue {
    static let oauth: [any Check.Type] = []
}
