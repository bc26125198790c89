extension Catalogue {
    static let scram: [any Check.Type] = []
}
