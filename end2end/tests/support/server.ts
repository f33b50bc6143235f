// A firm of one's own: for tests that change what others would look at.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const program = process.env.MENPAI_BIN ?? fileURLToPath(new URL("../../../dist/menpai", import.meta.url));

/** A demo firm with a server, in a folder that `stop` removes. */
export class OwnFirm {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
    /** Where it is served. */
    readonly origin: string,
  ) {}

  static async start(): Promise<OwnFirm> {
    const folder = await mkdtemp(join(tmpdir(), "menpai-own-"));
    const data = join(folder, "data");
    await promisify(execFile)(program, ["migrate", "--data-dir", data]);
    await promisify(execFile)(program, ["demo", "--data-dir", data]);
    const server = spawn(program, ["serve", "--data-dir", data, "--addr", "127.0.0.1:0"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const origin = await new Promise<string>((resolve, reject) => {
      server.stdout?.once("data", (line) => resolve(String(line).trim().split("\n")[0]));
      server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    });
    return new OwnFirm(folder, server, origin);
  }

  /** Runs a command on the folder; the server does it. */
  async run(...words: string[]): Promise<string> {
    const data = join(this.folder, "data");
    const { stdout } = await promisify(execFile)(program, [...words, "--data-dir", data, "--lang", "en"]);
    return stdout;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill();
    await ended;
    await rm(this.folder, { recursive: true });
  }
}
