extension Catalogue {
    static let protocolHealth: [any Check.Type] = []
}
