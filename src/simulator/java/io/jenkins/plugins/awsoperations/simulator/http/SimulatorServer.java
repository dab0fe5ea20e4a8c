package io.jenkins.plugins.awsoperations.simulator.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server, on 127.0.0.1 only. */
public final class SimulatorServer implements AutoCloseable {

    // Without it the JDK's server sends headers and body in two packets and waits up to 40 ms for the acknowledgement
    // of
    // the first. It is read once per process, and only from a system property.
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private static final int BACKLOG = 100;

    private final HttpServer server;
    private final ExecutorService threads;

    private SimulatorServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to serve.
     *
     * @param port 0 for any free one
     * @param threadCount how many requests are handled at once
     * @throws IOException when the port is taken
     */
    public static SimulatorServer start(int port, int threadCount, AwsEndpoint endpoint, ControlPlane controlPlane)
            throws IOException {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
        ExecutorService threads = Executors.newFixedThreadPool(threadCount, new DaemonThreads());
        server.setExecutor(threads);
        server.createContext("/", endpoint);
        server.createContext(ControlPlane.PATH, controlPlane);
        // Its dispatcher thread is a daemon if the thread that starts it is one.
        CompletableFuture.runAsync(server::start, threads).join();
        return new SimulatorServer(server, threads);
    }

    /** Where clients find it. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stops at once; connections are dropped. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static final class DaemonThreads implements ThreadFactory {

        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "simulator-http-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
