using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace ModelPerGroup;

/// <summary>Shops whose networks are trained in other processes: those of this program.</summary>
internal static class SeveralProcesses
{
    public static Shops Table { get; } = new(20, 40, 1);

    /// <summary>What a worker has: the same rows.</summary>
    public static GroupRunner MakeRunner(MLContext ml) => new(ml, Table.Load(ml, seed: 1).Train, "Group");

    public static int Run()
    {
        var ml = new MLContext(seed: 1);
        var (sales, test) = Table.Load(ml, seed: 1);
        var pipeline = Table.Pipeline(ml);

        // begin groupProcesses
        using var executor = new ProcessExecutor(new ProcessExecutorOptions { Processes = 2 });
        var model = ml.Regularization().FitEach(pipeline, sales, "Group", new GroupOptions { Executor = executor, Folder = "shops-fit" });
        // end groupProcesses

        var here = ml.Regularization().FitEach(Table.Pipeline(ml), sales, "Group");
        var isSame = model.Transform(test).GetColumn<float>("Score").SequenceEqual(here.Transform(test).GetColumn<float>("Score"));
        Console.WriteLine(isSame ? "The same model as in one process." : "Another model than in one process.");
        Directory.Delete("shops-fit", recursive: true);
        return isSame ? 0 : 1;
    }
}
