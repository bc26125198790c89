extension Catalogue {
    /// Those that cannot be decided from what passes, in the order of their numbers.
    static let notBuilt: [Unbuilt] = []
}
