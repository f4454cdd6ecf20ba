using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>A small run with checkpoints in a folder of its own.</summary>
internal sealed class CheckpointedRun : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public NeuralNetworkOptions Options => SmallNetwork.Options with { MaxEpochs = 4, Seed = 3, Checkpoints = new CheckpointOptions { Folder = Folder.Path } };

    public LogRecorder? Log { get; private set; }

    /// <summary>Fits, in a context without a seed.</summary>
    public NeuralNetworkMulticlassModelParameters Fit(NeuralNetworkOptions? options = null, List<Example>? rows = null)
    {
        var ml = new MLContext();
        Log = new LogRecorder(ml);
        return ml.Fit(options ?? Options, ml.Data.LoadFromEnumerable(rows ?? Example.Clusters(100))).Model;
    }

    /// <summary>Fits and is cancelled when the epoch is done.</summary>
    public NeuralNetworkMulticlassModelParameters FitUntil(int epoch, NeuralNetworkOptions? options = null)
    {
        using var source = new CancellationTokenSource();
        return Fit((options ?? Options) with
        {
            CancellationToken = source.Token,
            Progress = new SmallNetwork.Callback(report =>
            {
                if (report.Epoch == epoch)
                    source.Cancel();
            }),
        });
    }

    /// <summary>Fits as if there were no checkpoints.</summary>
    public NeuralNetworkMulticlassModelParameters FitWithout() => Fit(Options with { Checkpoints = null });

    /// <summary>Changes what the checkpoint says, which then is whole again.</summary>
    public void Rewrite(Action<System.Text.Json.Nodes.JsonObject> change)
    {
        CheckpointContent content;
        using (var file = File.OpenRead(Folder["last.safetensors"]))
            content = CheckpointFile.Read(file);
        change(content.Description);
        using var rewritten = File.Create(Folder["last.safetensors"]);
        CheckpointFile.Write(rewritten, content);
    }

    public void Dispose() => Folder.Dispose();
}
