/// The checks that there are, in the order of their numbers.
public struct Catalogue: Sendable {
    /// A check of the catalogue that is not there, and why.
    public struct Unbuilt: Sendable, Hashable {
        public var id: String
        public var summary: String
        public var reason: String

        public init(_ id: String, _ summary: String, because reason: String) {
            self.id = id
            self.summary = summary
            self.reason = reason
        }
    }

    public let checks: [any Check.Type]
    public let descriptions: [CheckDescription]
    public let unbuilt: [Unbuilt]
    private let adopters: [String: Int]

    public init(_ checks: [any Check.Type], unbuilt: [Unbuilt] = []) {
        self.checks = checks
        self.unbuilt = unbuilt
        self.descriptions = checks.map { $0.description }
        var adopters: [String: Int] = [:]
        for (index, description) in self.descriptions.enumerated() {
            // The first one has it: what is left goes to those that collect.
            for id in description.adopts where adopters[id] == nil { adopters[id] = index }
        }
        self.adopters = adopters
    }

    public static let shipped = Catalogue(
        Self.transport + Self.startTLS + Self.capabilities + Self.authentication + Self.legacyMechanisms + Self.scram
            + Self.oauth + Self.protocolHealth + Self.interception,
        unbuilt: Self.notBuilt
    )

    public func description(_ id: String) -> CheckDescription? { self.descriptions.first { $0.id == id } }

    /// The check whose a finding of the session is.
    func adopter(of finding: String) -> CheckDescription? { self.adopters[finding].map { self.descriptions[$0] } }
}
