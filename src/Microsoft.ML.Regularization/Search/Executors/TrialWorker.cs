using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Makes a program a worker of its own searches: see <see cref="ProcessExecutor"/>.</summary>
public static class TrialWorker
{
    /// <summary>The last argument of a program that is started as a worker.</summary>
    public const string Argument = "--run-trials";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Where the program was started as a worker, runs the trials that it is asked to until the search has ended or died; otherwise does nothing. Call it before the program
    /// does anything else.
    /// </summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="runner">Makes the rows and the space, as the search has them.</param>
    /// <returns>Whether it was a worker, which then has nothing more to do.</returns>
    /// <example><code>
    /// if (TrialWorker.RunIfAsked(args, MakeRunner))
    ///     return;
    /// </code></example>
    public static bool RunIfAsked(IReadOnlyList<string> args, Func<ITrialRunner> runner)
    {
        Contracts.CheckValue(args, nameof(args));
        Contracts.CheckValue(runner, nameof(runner));
        if (args.Count == 0 || args[^1] != Argument)
            return false;

        // What the program or ML.NET's log writes must not get between the lines of replies.
        var (input, output) = (Console.In, Console.Out);
        Console.SetOut(Console.Error);
        Run(new Lazy<ITrialRunner>(runner), input, output);
        return true;
    }

    private static void Run(Lazy<ITrialRunner> runner, TextReader input, TextWriter output)
    {
        Task trial = Task.CompletedTask;
        var source = new CancellationTokenSource();
        output.WriteLine(WorkerLines.Ready);
        output.Flush();
        while (input.ReadLine() is { } line)
        {
            if (line == WorkerLines.Cancel)
            {
                source.Cancel();
                continue;
            }

            trial.Wait();
            source.Dispose();
            source = new CancellationTokenSource();
            var token = source.Token;
            trial = Task.Factory.StartNew(() => Answer(line, token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        // The search has ended, or died: what is trained is worth a checkpoint.
        source.Cancel();
        trial.Wait(Patience);
        source.Dispose();

        void Answer(string request, CancellationToken token)
        {
            var reply = TrialReply.Of(() => runner.Value.Run(TrialRequest.FromJson(request), new EpochLines(output), token));
            Tell(output, WorkerLines.Reply + reply.ToJson());
        }
    }

    private static void Tell(TextWriter output, string line)
    {
        try
        {
            output.WriteLine(line);
            output.Flush();
        }
        catch (IOException)
        {
            // Nobody listens any more.
        }
    }

    /// <summary>Tells the search that the worker is not stuck.</summary>
    private sealed class EpochLines(TextWriter output) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => Tell(output, WorkerLines.Epoch);
    }
}
