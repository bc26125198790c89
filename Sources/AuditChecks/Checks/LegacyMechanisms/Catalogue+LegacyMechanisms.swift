extension Catalogue {
    static let legacyMechanisms: [any Check.Type] = []
}
