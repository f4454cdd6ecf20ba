using System.Text.Json;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>Trains in pieces, and compares with training in one go.</summary>
internal static class InterruptedTraining
{
    /// <summary>
    /// Fits, cancelled by every so many checkpoints, until nothing is left to do. Checkpoints are written after every batch and after every epoch, so
    /// that the interruptions wander through both.
    /// </summary>
    /// <returns>The last model, and how often training was interrupted.</returns>
    public static (ITransformer Model, int Interruptions) Fit(NeuralNetworkOptions options, Func<NeuralNetworkOptions, ITransformer> fit, int checkpoints)
    {
        using var folder = new TemporaryFolder();
        for (var interruptions = 0; ; interruptions++)
        {
            using var source = new CancellationTokenSource();
            var written = 0;
            var model = FitOrNull(options with
            {
                CancellationToken = source.Token,
                Checkpoints = new CheckpointOptions
                {
                    Folder = folder.Path,
                    Interval = TimeSpan.Zero,
                    Through = file =>
                    {
                        if (!((FileStream)file).Name.Contains("best", StringComparison.Ordinal) && ++written == checkpoints)
                            source.Cancel();
                        return file;
                    },
                },
            });
            if (written < checkpoints)
                return (model!, interruptions);
        }

        // Cancelled within the first epoch there is no model, but a checkpoint.
        ITransformer? FitOrNull(NeuralNetworkOptions options)
        {
            try
            {
                return fit(options);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    /// <summary>Weights and history are the same in every bit; only the time it took differs.</summary>
    public static void AssertSame(ITransformer expected, ITransformer actual)
    {
        Assert.AreEqual(WithoutTime(expected.GetNeuralNetwork().History), WithoutTime(actual.GetNeuralNetwork().History));
        SmallNetwork.AssertEqual(EveryTask.Weights(expected), EveryTask.Weights(actual));
    }

    private static string WithoutTime(TrainingHistory history) => JsonSerializer.Serialize(Timeless(history), StrictJson.Options);

    private static TrainingHistory Timeless(TrainingHistory history) => history with
    {
        Epochs = [.. history.Epochs.Select(epoch => epoch with { Seconds = 0 })],
        RetrainingEpochs = [.. history.RetrainingEpochs.Select(epoch => epoch with { Seconds = 0 })],
        Teacher = history.Teacher is { } teacher ? Timeless(teacher) : null,
    };
}
