import NIOCore
import ProxyCore
import Traffic

extension ConnectionDriver {
    /// Has somebody asked about a message that waits; without anybody to ask it goes on.
    func intercept(_ interception: Interception) {
        let eventLoop = self.loop.eventLoop
        // The connection is in the middle of an input now.
        eventLoop.assumeIsolated().execute {
            guard let content = self.connection.interceptedContent(interception.number) else { return }
            guard let interceptor = self.loop.configuration.interceptor else {
                _ = self.decide(interception.number, .forward)
                return
            }
            self.hasIntercepted = true
            let driver = NIOLoopBound(self, eventLoop: eventLoop)
            interceptor.messageWaits(
                InterceptedMessage(
                    connection: self.id,
                    interception: interception,
                    content: content,
                    decide: { decision, whenTaken in
                        eventLoop.execute { whenTaken(driver.value.decide(interception.number, decision)) }
                    }
                )
            )
        }
    }
}
