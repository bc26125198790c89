import FilterLanguage
import Yams

extension RuleFile {
    /// Reads a file of rules. `path` is for errors only; `files` reads the files that it names.
    public init(path: String, parsing text: String, files: RuleAttachments = .none) throws(RuleFileError) {
        let reader = YAMLReader(path: path)
        let root = try reader.document(text)
        let top = try reader.mapping(root, "the file", keys: ["version", "about", "rules", "examples"])
        guard let version = top["version"] else {
            throw reader.failure(root, "“version: \(Self.version)” is missing")
        }
        guard try reader.whole(version, "version") == Self.version else {
            throw reader.failure(version, "this imapscope reads rule files of version \(Self.version)")
        }
        var rules: [Rule] = []
        var names: Set<String> = []
        for node in try reader.list(top["rules"], "rules") {
            let rule = try Self.rule(node, reader, files)
            guard names.insert(rule.name).inserted else {
                throw reader.failure(node, "there are two rules named “\(rule.name)”")
            }
            rules.append(rule)
            guard rules.count <= Self.mostRules else {
                throw reader.failure(node, "more than \(Self.mostRules) rules in one file")
            }
        }
        guard !rules.isEmpty else { throw reader.failure(top["rules"] ?? root, "there is no rule in it") }
        var examples: [RuleExample] = []
        for node in try reader.list(top["examples"], "examples") { examples.append(try Self.example(node, reader)) }
        let about = try top["about"].map { node throws(RuleFileError) in try reader.text(node, "about") } ?? ""
        self.init(path: path, about: about, rules: rules, examples: examples)
    }

    // MARK: - Rules

    private static func rule(_ node: Node, _ reader: YAMLReader, _ files: RuleAttachments) throws(RuleFileError)
        -> Rule
    {
        let keys = try reader.mapping(node, "a rule", keys: ["name", "when", "limit", "do"])
        guard let name = keys["name"] else { throw reader.failure(node, "the rule has no “name:”") }
        guard let actions = keys["do"] else { throw reader.failure(node, "the rule has no “do:”, so it does nothing") }
        var result: [Rule.Action] = []
        let wire = WireActionReader(yaml: reader, files: files)
        for action in try reader.list(actions, "do") { result.append(try Self.action(action, reader, wire)) }
        guard !result.isEmpty else { throw reader.failure(actions, "“do:” is empty, so the rule does nothing") }
        let rule = Rule(
            name: try reader.text(name, "name"),
            when: try keys["when"].map { node throws(RuleFileError) in try Self.filter(node, reader) },
            limit: try keys["limit"].map { node throws(RuleFileError) in try Self.limit(node, reader) },
            actions: result,
            line: node.mark?.line ?? 1
        )
        try Self.checkReach(of: rule, at: actions, keys["when"], reader)
        return rule
    }

    private static func filter(_ node: Node, _ reader: YAMLReader) throws(RuleFileError) -> Filter {
        let text = try reader.text(node, "when")
        do throws(FilterError) {
            return try Filter(text)
        } catch {
            // A plain value stands in the file as it is, so its columns are the file's.
            let isPlain = node.scalar?.style == .plain
            var failure = reader.failure(node, "when: \(isPlain ? "" : "column \(error.column): ")\(error.reason)")
            if isPlain { failure.column = failure.column.map { $0 + error.column - 1 } }
            failure.suggestion = error.suggestion
            throw failure
        }
    }

    private static func limit(_ node: Node, _ reader: YAMLReader) throws(RuleFileError) -> RuleLimit {
        let keys = try reader.mapping(node, "limit", keys: ["nth", "first", "every", "once", "probability", "seed"])
        let kinds = keys.keys.filter { $0 != "seed" }
        guard kinds.count == 1, let kind = kinds.first, let value = keys[kind] else {
            throw reader.failure(node, "limit takes one of nth, first, every, once and probability")
        }
        if kind != "probability", let seed = keys["seed"] {
            throw reader.failure(seed, "seed goes with probability only")
        }
        switch kind {
        case "once":
            guard try reader.text(value, "once") == "session" else {
                throw reader.failure(value, "once takes the word session")
            }
            return .oncePerSession
        case "probability":
            guard let probability = Double(try reader.text(value, kind)), (0...1).contains(probability) else {
                throw reader.failure(value, "probability takes a number from 0 to 1")
            }
            guard let seed = keys["seed"] else {
                throw reader.failure(node, "probability takes a seed, so that a run can be repeated", "seed: 1")
            }
            return .probability(probability, seed: UInt64(try reader.whole(seed, "seed")))
        default:
            let number = try reader.whole(value, kind)
            guard number > 0 else { throw reader.failure(value, "\(kind) counts from 1") }
            return kind == "nth" ? .nth(number) : kind == "first" ? .first(number) : .every(number)
        }
    }

    // MARK: - Actions

    private static let actionNames = ["mask", "pseudonymise"] + WireActionKinds.names

    private static func action(_ node: Node, _ reader: YAMLReader, _ wire: WireActionReader) throws(RuleFileError)
        -> Rule.Action
    {
        // An action without an operand is a word.
        if let word = node.scalar?.string {
            guard let kind = WireActionKinds.kind(named: word) else {
                throw reader.failure(
                    node,
                    "there is no action “\(word)” that stands alone",
                    Spelling.nearest(to: word, among: Self.actionNames)
                )
            }
            do throws(RuleFileError) { return .wire(WireAction(try kind.init(nil, wire))) } catch {
                throw error.line == nil ? reader.failure(node, error.reason, error.suggestion) : error
            }
        }
        let keys = try reader.mapping(node, "an action", keys: Self.actionNames)
        guard keys.count == 1, let (name, value) = keys.first else {
            throw reader.failure(node, "an action is one of \(Self.actionNames.joined(separator: ", "))")
        }
        if let kind = WireActionKinds.kind(named: name) { return .wire(WireAction(try kind.init(value, wire))) }
        let target = try Self.target(value, name, reader)
        return name == "mask" ? .mask(target) : .pseudonymise(target)
    }

    /// An action that its rule's filter never lets happen is a mistake.
    private static func checkReach(of rule: Rule, at actions: Node, _ when: Node?, _ reader: YAMLReader)
        throws(RuleFileError)
    {
        let nodes = actions.sequence.map(Array.init) ?? []
        for (action, node) in zip(rule.actions, nodes) {
            guard case .wire(let wire) = action else { continue }
            if wire.standsAlone, rule.actions.count > 1 {
                throw reader.failure(node, "“\(wire.name)” is the only action of its rule")
            }
            if wire.name == CredentialsAction.name, rule.limit != nil {
                throw reader.failure(node, "“\(wire.name)” goes with no limit: every login is exchanged, or none")
            }
            guard wire.isBesideMessages || !WireReach(rule.when, [wire.step]).isEmpty else {
                throw reader.failure(
                    when ?? node,
                    "“\(wire.name)” cannot be done to any message that the filter can match; it is for "
                        + type(of: wire.step).subject
                )
            }
        }
    }

    /// A list of parts, one part, or `matches: expression`.
    private static func target(_ node: Node, _ name: String, _ reader: YAMLReader) throws(RuleFileError) -> Rule.Target
    {
        if node.mapping != nil {
            let keys = try reader.mapping(node, name, keys: ["matches"])
            guard let value = keys["matches"] else { throw reader.failure(node, "“matches:” is missing") }
            let pattern = try reader.text(value, "matches")
            do throws(RegularExpression.Problem) {
                return .matches(try RegularExpression(pattern))
            } catch {
                throw reader.failure(
                    value,
                    "no regular expression: \(error.reason), at its character \(error.offset + 1)"
                )
            }
        }
        let nodes = node.sequence.map(Array.init) ?? [node]
        var parts: Set<Part> = []
        for node in nodes {
            let word = try reader.text(node, name)
            guard let part = Part(rawValue: word) else {
                throw reader.failure(
                    node,
                    "“\(word)” is no part of a session; the parts are "
                        + Part.allCases.map(\.rawValue).joined(separator: ", "),
                    Spelling.nearest(to: word, among: Part.allCases.map(\.rawValue))
                )
            }
            parts.insert(part)
        }
        guard !parts.isEmpty else { throw reader.failure(node, "\(name) names nothing to hide") }
        return .parts(parts)
    }

    // MARK: - Examples

    private static func example(_ node: Node, _ reader: YAMLReader) throws(RuleFileError) -> RuleExample {
        let keys = try reader.mapping(node, "an example", keys: ["name", "session", "shows", "relays", "hides"])
        guard let session = keys["session"] else { throw reader.failure(node, "the example has no “session:”") }
        guard keys["shows"] != nil || keys["hides"] != nil || keys["relays"] != nil else {
            throw reader.failure(node, "the example expects nothing: it has no “shows:”, “relays:” or “hides:”")
        }
        var hides: [String] = []
        for word in try reader.list(keys["hides"], "hides") { hides.append(try reader.text(word, "hides")) }
        return RuleExample(
            name: try keys["name"].map { node throws(RuleFileError) in try reader.text(node, "name") } ?? "example",
            session: try Self.lines(session, "session", reader),
            shows: try keys["shows"].map { node throws(RuleFileError) in try Self.lines(node, "shows", reader) },
            relays: try keys["relays"].map { node throws(RuleFileError) in try Self.lines(node, "relays", reader) },
            hides: hides,
            line: node.mark?.line ?? 1
        )
    }

    private static func lines(_ node: Node, _ name: String, _ reader: YAMLReader) throws(RuleFileError) -> [String] {
        let lines = try reader.text(node, name).split(separator: "\n").map(String.init)
        for line in lines where !line.hasPrefix("C: ") && !line.hasPrefix("S: ") {
            throw reader.failure(node, "the lines of \(name) begin with “C: ” or “S: ”; “\(line)” does not")
        }
        return lines
    }
}
