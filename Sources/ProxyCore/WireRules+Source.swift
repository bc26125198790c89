public import IMAPSession
public import RuleEngine

extension WireRules: WireRuleSource {
    public func login(_ message: Message) -> LoginSubstitution? { nil }
}
