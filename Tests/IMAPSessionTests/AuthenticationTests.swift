import IMAPSession
import SASL
import Testing
import Traffic

/// Authentications through the session: every exchange whole, octet by octet and cut at every octet of every line.
@Suite struct AuthenticationTests {
    struct Login: Sendable, CustomTestStringConvertible {
        var name: String
        var password: String
        var steps: [Step]
        var user: String
        var client: Verdict
        var server: Verdict?
        /// What must not be shown.
        var secrets: [String]
        var testDescription: String { self.name }
    }

    private static func base64(_ text: String) -> String {
        String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
    }

    private static func scram(_ password: String, proof: String = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
        -> [Step]
    {
        let nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
        return [
            .s("* OK hi|"), .c("a AUTHENTICATE SCRAM-SHA-256 \(base64("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))|"),
            .s("+ \(base64("r=\(nonce),s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))|"),
            .c("\(base64("c=biws,r=\(nonce),p=\(proof)"))|"),
            .s("+ \(base64("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))|"), .c("|"), .s("a OK in|"),
        ]
    }

    private static let digest = [
        Step.s("* OK hi|"), .c("a AUTHENTICATE DIGEST-MD5|"),
        .s(
            "+ \(base64("realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",algorithm=md5-sess,charset=utf-8"))|"
        ),
        .c(
            base64(
                "charset=utf-8,username=\"chris\",realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",nc=00000001,"
                    + "cnonce=\"OA6MHXh6VqTrRk\",digest-uri=\"imap/elwood.innosoft.com\","
                    + "response=d388dad90d4bbd760a152321f2143af7,qop=auth"
            ) + "|"
        ),
        .s("+ cnNwYXV0aD1lYTQwZjYwMzM1YzQyN2I1NTI3Yjg0ZGJhYmNkZmZmZA==|"), .c("|"), .s("a OK in|"),
    ]

    static let logins = [
        Login(
            name: "SCRAM-SHA-256, both sides right",
            password: "pencil",
            steps: scram("pencil"),
            user: "user",
            client: .verified,
            server: .verified,
            secrets: ["dHzbZapWIk4jUhN", "6rriTRBi23Wp", "pencil"]
        ),
        Login(
            name: "SCRAM-SHA-256, another password",
            password: "pencil2",
            steps: scram("pencil2"),
            user: "user",
            client: .wrong(reason: "the client proof was not made with the given password"),
            server: .wrong(reason: "the server signature was not made with the given password"),
            secrets: ["dHzbZapWIk4jUhN", "pencil2"]
        ),
        Login(
            name: "DIGEST-MD5, both sides right",
            password: "secret",
            steps: digest,
            user: "chris",
            client: .verified,
            server: .verified,
            secrets: ["d388dad90d4bbd76", "ea40f60335c427b5"]
        ),
        Login(
            name: "XOAUTH2, refused",
            password: "x",
            steps: [
                .s("* OK hi|"),
                .c("a AUTHENTICATE XOAUTH2 \(base64("user=joe\u{1}auth=Bearer ya29.token-of-joe\u{1}\u{1}"))|"),
                .s("+ \(base64("{\"status\":\"401\",\"schemes\":\"bearer\"}"))|"), .c("|"), .s("a NO no|"),
            ],
            user: "joe",
            client: .notCheckable(reason: "only the server that issued a token can tell whether it is right"),
            server: nil,
            secrets: ["ya29.token-of-joe"]
        ),
    ]

    private func check(_ login: Login, _ steps: [Step], slowly: Bool = false) throws {
        var options = SessionOptions()
        options.passwords = PasswordFile(others: .password(Secret(login.password)))
        let recorder = play(steps, options: options, slowly: slowly)
        let outcome = try #require(recorder.outcomes.first)
        #expect(outcome.user == login.user && outcome.verdict == login.client && outcome.serverVerdict == login.server)
        let steps = recorder.messages.compactMap(\.sasl)
        let shown = steps.map { "\($0.summary) \($0.fields) \($0.challenge ?? "") \($0.problems)" }.joined()
        for secret in login.secrets {
            #expect(!shown.contains(secret) && !recorder.lines.joined().contains(secret))
        }
        // Of the lines with proofs only the mark is left.
        #expect(!recorder.lines.contains { $0.contains(Self.base64("c=biws").prefix(8)) })
    }

    @Test(arguments: logins)
    func `an exchange is verified whole, octet by octet and cut anywhere`(login: Login) throws {
        try self.check(login, login.steps)
        try self.check(login, login.steps, slowly: true)
        for (index, step) in login.steps.enumerated() {
            let (text, isClient) =
                switch step {
                case .c(let text): (text, true)
                case .s(let text): (text, false)
                default: ("", false)
                }
            for cut in text.indices.dropFirst() {
                let halves = [String(text[..<cut]), String(text[cut...])].map { isClient ? Step.c($0) : .s($0) }
                try self.check(login, Array(login.steps[..<index]) + halves + Array(login.steps[(index + 1)...]))
            }
        }
    }

    @Test func `the time of a message decides whether its token expired`() {
        // exp is 60 seconds after the beginning of time that the playbook counts from.
        let claims = Self.base64("{\"aud\":\"a\",\"exp\":60}").replacing("=", with: "")
        let token = "\(Self.base64("{\"alg\":\"RS256\"}").replacing("=", with: "")).\(claims).c2ln"
        let line = "a AUTHENTICATE XOAUTH2 \(Self.base64("user=joe\u{1}auth=Bearer \(token)\u{1}\u{1}"))|"
        let early = play([.s("* OK hi|"), .c(line), .s("a OK in|")])
        #expect(early.findingTexts.isEmpty)
        let late = play([.s("* OK hi|"), .minutes(2), .c(line), .s("a OK in|")])
        #expect(late.findingTexts == ["the token expired at 1970-01-01 00:01:00 UTC"])
        #expect(late.messageFindings.first?.reference == "RFC 7519 section 4.1.4")
    }

    @Test(arguments: logins)
    func `what somebody else computes is the same when it is settled`(login: Login) throws {
        var options = SessionOptions()
        options.passwords = PasswordFile(others: .password(Secret(login.password)))
        let later = Later()
        options.verifier = later
        var outcome = try #require(play(login.steps, options: options).outcomes.first)
        // Only what a server's iteration count makes slow is put off.
        #expect((outcome.deferred != nil) == outcome.mechanism.hasPrefix("SCRAM-"))
        outcome.settle()
        #expect(outcome.deferred == nil)
        #expect(outcome.verdict == login.client && outcome.serverVerdict == login.server)
    }

    @Test func `a session does not spend more on proofs than it may`() throws {
        var options = SessionOptions()
        options.passwords = PasswordFile(others: .password(Secret("pencil")))
        options.verification = VerificationBudget(perExchange: 4096, remaining: 5000)
        let recorder = play(Self.scram("pencil") + [.c("a LOGOUT|")], options: options)
        #expect(recorder.outcomes.first?.verdict == .verified)
        options.verification.perExchange = 4095
        let refused = play(Self.scram("pencil"), options: options)
        #expect(
            refused.outcomes.first?.verdict
                == .notCheckable(reason: "4096 iterations are more than the 4095 that are computed")
        )
    }
}

/// Computes when it is asked for the result.
private final class Later: VerificationExecutor {
    private final class Pending: PendingVerdicts {
        private let work: @Sendable () -> Verdicts

        init(_ work: @escaping @Sendable () -> Verdicts) { self.work = work }

        func wait() -> Verdicts { self.work() }
    }

    func verify(_ work: @escaping @Sendable () -> Verdicts) -> any PendingVerdicts { Pending(work) }
}
