import SASL

extension SASLStep {
    /// What the message says under a name, first occurrence.
    func field(_ name: String) -> String? { self.fields.first { $0.name == name }?.value }
}
