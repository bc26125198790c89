import IMAPSession
import ProxyServer
import Reporting
import TestServer
import Traffic

/// Plays the tutorial session over a socket.
enum DemoClient {
    /// No answer of a server in the same process takes longer.
    private static let patience: Int64 = 5

    /// Returns when the session is over and the server has closed.
    static func play(_ session: TutorialSession, at endpoint: Endpoint) async throws {
        let client = try await ScriptedClient.connect(to: endpoint)
        do {
            try await self.converse(session, client)
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }

    private static func converse(_ script: TutorialSession, _ client: ScriptedClient) async throws {
        var session = script
        while !session.isDone {
            do {
                let octets = try await client.receive(within: self.patience) { !$0.isEmpty }
                let answer = session.receive(octets.span.bytes)
                if !answer.octets.isEmpty { try await client.send(answer.octets) }
            } catch ScriptedClientError.closed(let octets) {
                _ = session.receive(octets.span.bytes)
                session.closed()
            } catch ScriptedClientError.timedOut {
                throw Failure(demo: session.current, "no answer within \(self.patience) s", received: [])
            }
        }
        if let failure = session.failures.first { throw Failure(failure) }
        _ = try await client.receiveAll(within: self.patience)
    }
}

extension Failure {
    /// A step of the tutorial that went wrong: nothing but imapscope itself is to blame.
    init(_ failure: TutorialFailure) {
        let what =
            switch failure.reason {
            case .expected(let expectation): "the answer lacks \(expectation)"
            case .notOK: "the answer is not OK"
            case .badGreeting: "the greeting is none"
            case .unexpectedContinuation: "a continuation request that nobody waits for"
            case .badChallenge: "the challenge is not base64"
            case .unexpectedTag: "an answer with the tag of no command"
            case .closed: "the connection was closed"
            }
        self.init(demo: TutorialSession.steps[failure.step], number: failure.step + 1, what, received: failure.received)
    }

    init(demo step: TutorialStep?, number: Int? = nil, _ what: String, received: [String]) {
        let place = number.map { "step \($0), " } ?? ""
        let title = step.map { "“\($0.title)” (tag \($0.tag))" } ?? "the end"
        let answer = received.last.map { "; the last line was: \($0)" } ?? ""
        self.init(.software, "the demo failed at \(place)\(title): \(what)\(answer)", blame: .imapscope)
    }
}
