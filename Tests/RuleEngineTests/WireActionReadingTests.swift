import RuleEngine
import Testing
import Traffic

@Suite struct `Wire actions in rule files` {
    private static let files = RuleAttachments(
        secret: { (path) throws(RuleAttachments.Refusal) in
            guard path == "mine" else { throw RuleAttachments.Refusal("can be read by others (mode 0644)") }
            return Secret("x")
        },
        octets: { (path, limit) throws(RuleAttachments.Refusal) in
            guard path == "mine" else { throw RuleAttachments.Refusal("there is no such file") }
            return [0x61]
        }
    )

    private static func read(_ action: String, when: String? = nil, more: String = "") throws -> RuleFile {
        let text =
            "version: 1\nrules:\n  - name: r\n    do: [\(action)]\n" + (when.map { "    when: \($0)\n" } ?? "") + more
        return try RuleFile(path: "r.yaml", parsing: text, files: Self.files)
    }

    @Test(arguments: [
        "drop", "duplicate", "reorder", "stall", "reset", "drop: ''", "stall: 10", "stall: {after: 1kB, in: literal}",
        "reset: {in: message}", "cut: 5", "cut: {after: 5, in: literal, by: close}", "cut: {after: 5, by: half-close}",
        "cut: {after: 0, by: stall}", "cut: {after: 0, by: reset}", "delay: 200ms", "delay: 1.5s",
        "delay: {of: 0ms, jitter: 50ms, seed: 1}", "bandwidth: 10kB", "slice: 1", "slice: {octets: 4KiB, pause: 1ms}",
        "wrong-tag: x9", "tls: {stop: stall}", "tls: {stop: close, leg: upstream}", "answer: NO no",
        "answer: {untagged: ['* 1 EXISTS', '+ go'], tagged: OK yes, behind: junk}", "answer: {tagged: none}",
        "inject: '* 1 EXISTS'", "inject: {untagged: ['* 1 EXISTS'], at: before}", "command: examine", "hide: IDLE",
        "hide: [IDLE, 'X*']", "capabilities: {add: X}", "capabilities: {remove: [IDLE]}",
        "replace: {argument: 1, with: ''}", "replace: {string: 1, raw: x}", "replace: {production: mailbox, with: x}",
        "rewrite: 'a1 OK'", "rewrite: ['junk', '* OK']", "flags: {add: $X, remove: [\\Seen], replace: {$A: $B}}",
        "rename-mailbox: {from: A, to: B}", "rename-mailbox: {from: A, to: B, delimiter: ., children: no}",
        "insert: x", "insert: {argument: 1, value: '(a b)'}", "remove: 1", "remove: {argument: 2}",
        "literal: {replace-with: x}", "literal: {from-file: mine}", "literal: {fill: '*', nth: 2}",
        "literal: {truncate: 1kB}", "literal: {lengthen: 1}", "literal: {announce: -3}", "status: NO",
        "status: {as: BYE, code: ALERT, text: x}", "code: ALERT", "code: none", "text: x",
        "credentials: {password: {from-file: mine}}",
        "credentials: {user: joe, token: {from-file: mine}, mechanism: XOAUTH2}",
        "credentials: {token: {from-file: mine}, mechanism: oauthbearer}",
        "credentials: {user: joe, password: {from-file: mine}, mechanism: login}",
    ])
    func `are accepted in each of their forms`(action: String) throws {
        let isWord = !action.contains(":")
        let file = try Self.read(isWord ? action : "{\(action)}")
        #expect(file.rules.map(\.actions.count) == [1])
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        var action: String
        var when: String?
        var place: String
        var words: String
        var suggestion: String?

        init(_ action: String, when: String? = nil, _ place: String, _ words: String, _ suggestion: String? = nil) {
            self.action = action
            self.when = when
            self.place = place
            self.words = words
            self.suggestion = suggestion
        }

        var testDescription: String { self.action }
    }

    @Test(arguments: [
        Wrong("dorp", "4:10", "no action “dorp”", "drop"), Wrong("answer", "4:10", "answer takes a value"),
        Wrong("break", "4:10", "no action “break”"), Wrong("{drop: now}", "4:17", "drop takes no value"),
        Wrong("{duplicate: 2}", "4:22", "duplicate takes no value"),
        Wrong("{reorder: 2}", "4:20", "reorder takes no value"),
        Wrong("{stall: {afetr: 1}}", "4:19", "has no “afetr”", "after"),
        Wrong("{stall: soon}", "4:18", "a number of octets"),
        Wrong("{cut: {after: 1, in: letter}}", "4:31", "in is one of message, literal"),
        Wrong("{cut: {after: 1, by: cloes}}", "4:31", "by is one of stall, close, half-close, reset", "close"),
        Wrong("{cut: {after: -1}}", "4:24", "a number of octets"), Wrong("{delay: quick}", "4:18", "takes a time"),
        Wrong("{delay: {jitter: 5ms, seed: 1}}", "4:18", "delay has no “of:”"),
        Wrong("{delay: {of: 5ms, jitter: 5ms}}", "4:36", "jitter takes a seed", "seed: 1"),
        Wrong("{delay: -1s}", "4:18", "takes a time"), Wrong("{bandwidth: 0}", "4:22", "one at least"),
        Wrong("{slice: 0}", "4:18", "one octet at least"),
        Wrong("{slice: {pause: 1ms}}", "4:18", "slice has no “octets:”"),
        Wrong("{wrong-tag: 'a b'}", "4:22", "takes a tag"), Wrong("{wrong-tag: a+}", "4:22", "takes a tag"),
        Wrong("{tls: {leg: client}}", "4:16", "tls has no “stop:”"),
        Wrong("{tls: {stop: now}}", "4:23", "stop is one of stall, close"),
        Wrong("{tls: {stop: stall, leg: server}}", "4:35", "leg is one of client, upstream"),
        Wrong("{answer: NOPE}", "4:19", "takes OK, NO or BAD"), Wrong("{answer: BYE x}", "4:19", "takes OK, NO or BAD"),
        Wrong("{answer: {untagged: '* 1 EXISTS'}}", "4:19", "answer has no “tagged:”"),
        Wrong("{answer: {tagged: OK x, untagged: 1 EXISTS}}", "4:44", "begin with “* ” or “+ ”"),
        Wrong("{answer: 'OK a\\r\\nb'}", "4:19", "no CR, LF or NUL"),
        Wrong("{inject: 'a1 OK done'}", "4:19", "whole responses"),
        Wrong("{inject: '* 1 FETCH (X {5}'}", "4:19", "whole responses"),
        Wrong("{inject: {untagged: '* 1 EXISTS', at: front}}", "4:48", "at is one of before, after"),
        Wrong("{inject: []}", "4:19", "untagged is empty"), Wrong("{command: SELCT}", "4:20", "no command", "SELECT"),
        Wrong("{command: LOGIN}", "4:20", "no command that can stand in"), Wrong("{hide: []}", "4:17", "is empty"),
        Wrong("{hide: [LOGINDISABLED]}", "4:17", "is never removed"),
        Wrong("{capabilities: {remove: logindisabled}}", "4:34", "is never removed"),
        Wrong("{capabilities: {}}", "4:25", "takes “remove:”, “add:”"),
        Wrong("{capabilities: {add: 'a b'}}", "4:31", "words without spaces"),
        Wrong("{replace: {argument: 0, with: x}}", "4:31", "counts from 1"),
        Wrong("{replace: {with: x}}", "4:20", "takes one of"),
        Wrong("{replace: {argument: 1, string: 1, with: x}}", "4:20", "takes one of"),
        Wrong("{replace: {argument: 1}}", "4:20", "either “with:”"),
        Wrong("{replace: {argument: 1, raw: 'a {5}'}}", "4:39", "without a literal"),
        Wrong("{replace: {argument: 1, raw: 'a\\nb'}}", "4:39", "no CR, LF or NUL"),
        Wrong("{replace: {production: malibox, with: x}}", "4:33", "no production", "mailbox"),
        Wrong("{replace: {production: tag, with: x}}", "4:33", "no production"),
        Wrong("{rewrite: '* 1 FETCH (X {5}'}", "4:20", "a literal is missing octets"),
        Wrong("{flags: {}}", "4:18", "takes “add:”"), Wrong("{flags: {add: 'a]'}}", "4:24", "is no flag"),
        Wrong("{flags: {replace: $A}}", "4:28", "“flag: other flag”"),
        Wrong("{rename-mailbox: {from: A}}", "4:27", "takes “from:”"),
        Wrong("{rename-mailbox: {from: A, to: A}}", "4:41", "the same"),
        Wrong("{rename-mailbox: {from: 'A*', to: B}}", "4:34", "no *, %"),
        Wrong("{rename-mailbox: {from: A, to: B, delimiter: ab}}", "4:55", "one character"),
        Wrong("{rename-mailbox: {from: A, to: B, children: maybe}}", "4:54", "yes or no"),
        Wrong("{insert: 'a {5}'}", "4:19", "without a literal"),
        Wrong("{insert: {argument: 1}}", "4:19", "insert has no “value:”"),
        Wrong("{remove: 0}", "4:19", "counts from 1"), Wrong("{literal: {}}", "4:20", "takes one of"),
        Wrong("{literal: {fill: x, truncate: 1}}", "4:20", "takes one of"),
        Wrong("{literal: {fill: xy}}", "4:27", "one octet"),
        Wrong("{literal: {fill: '\\x00'}}", "4:27", "not NUL"),
        Wrong("{literal: {truncate: much}}", "4:31", "a number of octets"),
        Wrong("{literal: {announce: 0}}", "4:31", "takes a difference"),
        Wrong("{literal: {from-file: other}}", "4:32", "there is no such file"),
        Wrong("{status: MAYBE}", "4:19", "as is one of OK, NO, BAD, BYE, PREAUTH"),
        Wrong("{status: {code: X}}", "4:19", "status has no “as:”"),
        Wrong("{status: {as: NO, code: 'a]b'}}", "4:34", "between the brackets"),
        Wrong("{status: {as: NO, text: '[x] y'}}", "4:34", "do not begin with"),
        Wrong("{text: 'a {5}'}", "4:17", "or end in"),
        Wrong("{text: 'a\\r\\nb'}", "4:17", "no CR, LF or NUL"), Wrong("{code: ''}", "4:17", "code takes"),
        Wrong("{credentials: {user: joe}}", "4:24", "either “password:” or “token:”"),
        Wrong(
            "{credentials: {password: {from-file: mine}, token: {from-file: mine}}}",
            "4:24",
            "either “password:” or “token:”"
        ),
        Wrong(
            "{credentials: {password: {from-file: mine}, mechanism: XOAUTH2}}",
            "4:65",
            "with a password the mechanism is PLAIN or LOGIN"
        ),
        Wrong(
            "{credentials: {token: {from-file: mine}, mechanism: PLAIN}}",
            "4:62",
            "with a token the mechanism is XOAUTH2 or OAUTHBEARER"
        ), Wrong("{credentials: {password: {from-file: other}}}", "4:47", "mode 0644"),
    ])
    func `are refused with line, column, the reason and what was meant`(wrong: Wrong) {
        let error = #expect(throws: RuleFileError.self) { try Self.read(wrong.action, when: wrong.when) }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("r.yaml:\(wrong.place): "), "\(text)")
        #expect(error?.reason.contains(wrong.words) == true, "\(text)")
        #expect(error?.suggestion == wrong.suggestion)
    }

    @Test(arguments: ["hunter2", "{value: hunter2}", "[hunter2]", "{from-file: mine, value: hunter2}"])
    func `never hold a secret, and what looks like one is not repeated`(inline: String) {
        for key in ["password", "token"] {
            let error = #expect(throws: RuleFileError.self) { try Self.read("{credentials: {\(key): \(inline)}}") }
            let text = error?.description ?? ""
            #expect(text.hasPrefix("r.yaml:4:"), "\(text)")
            #expect(error?.reason.contains("never stands in a rule file") == true, "\(text)")
            #expect(error?.suggestion == "\(key): {from-file: path}")
            #expect(!text.contains("hunter2"))
        }
    }

    @Test(arguments: [
        "{credentials: {password: {from-file: mine}}}, drop", "drop, {credentials: {password: {from-file: mine}}}",
        "{tls: {stop: stall}}, {delay: 1s}",
    ])
    func `that act beside messages are alone in their rule`(actions: String) {
        let error = #expect(throws: RuleFileError.self) { try Self.read(actions) }
        #expect(error?.reason.contains("is the only action of its rule") == true)
    }

    @Test func `that exchange a login have no limit`() {
        let error = #expect(throws: RuleFileError.self) {
            try Self.read("{credentials: {password: {from-file: mine}}}", more: "    limit: {first: 1}\n")
        }
        #expect(error?.reason.contains("goes with no limit") == true)
    }

    @Test(arguments: [
        ("{answer: NO no}", "kind == tagged", "commands"),
        ("{flags: {add: $X}}", "command == NOOP and kind == command", "STORE"),
        ("duplicate", "kind == command", "untagged responses"),
        ("{wrong-tag: x}", "kind == untagged", "tagged responses"),
        ("{status: NO}", "response.name == EXISTS", "status responses"),
        ("{code: X}", "kind == command", "status responses"),
        ("{command: EXAMINE}", "request.command == LOGIN", "commands"),
        ("{hide: IDLE}", "request.command == FETCH", "capability lists"),
        ("{inject: '* 1 EXISTS'}", "kind == continuation", "responses"),
        ("{rewrite: x}", "kind == command", "messages"),
        ("{insert: x}", "kind == tagged", "commands and responses"),
        ("{status: PREAUTH}", "kind == tagged", "status responses"),
    ])
    func `that the filter can never let happen are mistakes`(action: String, filter: String, subject: String) {
        let error = #expect(throws: RuleFileError.self) { try Self.read(action, when: filter) }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("r.yaml:5:11: "), "\(text)")
        #expect(
            error?.reason.contains("cannot be done to any message that the filter can match; it is for") == true,
            "\(text)"
        )
        #expect(error?.reason.contains(subject) == true, "\(text)")
    }

    @Test func `say what becomes of messages that are too long`() throws {
        for (word, overflow) in [("pass", HoldOverflow.pass), ("close", .close)] {
            let file = try Self.read("{remove: 1}", more: "    on-limit: \(word)\n")
            #expect(file.rules.map(\.onLimit) == [overflow])
        }
        let wrong = #expect(throws: RuleFileError.self) { try Self.read("{remove: 1}", more: "    on-limit: clsoe\n") }
        #expect(wrong?.suggestion == "close")
        let redacting = #expect(throws: RuleFileError.self) {
            try Self.read("{mask: users}", more: "    on-limit: pass\n")
        }
        #expect(redacting?.reason.contains("no other holds messages") == true)
    }
}
