extension Catalogue {
    static let interception: [any Check.Type] = []
}
