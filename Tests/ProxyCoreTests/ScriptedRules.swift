import IMAPProtocol
import IMAPSession
import ProxyCore
import RuleEngine
import Traffic

/// What a test's rules say: closures in place of rule files.
struct RuleScript: Sendable {
    var plan: @Sendable (Message, String) -> WirePlan = { _, _ in WirePlan() }
    var stream: @Sendable (Message, String) -> StreamPlan? = { _, _ in nil }
    var login: @Sendable (Message) -> LoginSubstitution? = { _ in nil }
    var handshake: @Sendable (HandshakeFault.Leg) -> HandshakeFault? = { _ in nil }
    var mayApply: @Sendable (Message) -> Bool = { _ in true }
    var directions: Set<Direction> = [.client, .server]

    var options: ProxyOptions {
        ProxyOptions(wireRules: { _ in ScriptedRules(self) })
    }
}

final class ScriptedRules: WireRuleSource {
    let script: RuleScript

    init(_ script: RuleScript) {
        self.script = script
    }

    func observe(_ message: Message) {}
    func observe(_ event: SessionEvent) {}
    func mayApply(_ direction: Direction) -> Bool { self.script.directions.contains(direction) }
    func mayApply(to message: Message) -> Bool {
        self.script.directions.contains(message.direction) && self.script.mayApply(message)
    }
    func plan(_ message: Message, octets: RawSpan) -> WirePlan { self.script.plan(message, string(octets)) }
    func streamPlan(_ message: Message, octets: RawSpan) -> StreamPlan? { self.script.stream(message, string(octets)) }
    func handshakeFault(_ leg: HandshakeFault.Leg) -> HandshakeFault? { self.script.handshake(leg) }
    func login(_ message: Message) -> LoginSubstitution? { self.script.login(message) }
}

extension ProxyOptions {
    /// Rules may apply to every message that has no literal to wait for, and never do.
    static var idleRules: ProxyOptions {
        var script = RuleScript()
        script.mayApply = { message in message.direction == .server || message.literals.isEmpty }
        return script.options
    }
}

extension WirePlan {
    /// Replaces `old`, where it first stands in `text`.
    static func replacing(_ old: String, _ new: String, in text: String, rule: String = "r") -> WirePlan {
        var plan = WirePlan()
        let octets = Array(text.utf8)
        let needle = Array(old.utf8)
        guard octets.count >= needle.count else { return plan }
        for start in 0...(octets.count - needle.count)
        where octets[start..<(start + needle.count)].elementsEqual(needle) {
            plan.replacements = [Replacement(start..<(start + needle.count), Array(new.utf8), rule: rule)]
            break
        }
        return plan
    }

    static func dropping(rule: String = "r") -> WirePlan {
        var plan = WirePlan()
        plan.outcome = .drop(rule: rule)
        return plan
    }

    static func answering(
        _ tagged: String?,
        untagged: String = "",
        behind: String = "",
        rule: String = "r"
    ) -> WirePlan {
        var plan = WirePlan()
        plan.outcome = .answer(
            WireAnswer(untagged: Array(untagged.utf8), tagged: tagged, behind: Array(behind.utf8)),
            rule: rule
        )
        return plan
    }

    static func injecting(_ place: Injection.Place, _ line: String, rule: String = "r") -> WirePlan {
        var plan = WirePlan()
        plan.injections = [Injection(place, Array(line.utf8), rule: rule)]
        return plan
    }

    static func delivering(_ change: (inout Delivery) -> Void) -> WirePlan {
        var plan = WirePlan()
        var delivery = Delivery(rule: "r")
        change(&delivery)
        plan.delivery = delivery
        return plan
    }

    static func breaking(rule: String = "--break") -> WirePlan {
        var plan = WirePlan()
        plan.breaksFor = rule
        return plan
    }
}
