import NIOCore
import ProxyCore
import Traffic

extension ConnectionDriver {
    /// Has somebody asked about a message that waits; without anybody to ask it goes on.
    func intercept(_ interception: Interception) {
        let eventLoop = self.loop.eventLoop
        // The connection is in the middle of an input now.
        eventLoop.assumeIsolated().execute {
            guard let octets = self.connection.interceptedOctets(interception.number) else { return }
            guard let interceptor = self.loop.configuration.interceptor else {
                _ = self.decide(interception.number, .forward)
                return
            }
            let driver = NIOLoopBound(self, eventLoop: eventLoop)
            interceptor.messageWaits(
                WaitingMessage(connection: self.id, interception: interception, octets: octets) { decision, whenTaken in
                    eventLoop.execute { whenTaken(driver.value.decide(interception.number, decision)) }
                }
            )
        }
    }
}
