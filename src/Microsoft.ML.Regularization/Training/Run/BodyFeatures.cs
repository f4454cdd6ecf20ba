using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Training;

/// <summary>What a network makes of rows before its last layer.</summary>
internal static class BodyFeatures
{
    public const string HeadMatrix = "output.weight";
    public const string HeadBiases = "output.bias";

    /// <summary>The features of the training rows with their targets, and of each row its class.</summary>
    /// <param name="host">Shows progress.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The run's.</param>
    /// <param name="parts">Have the network.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public static (RowTable Features, int[] Strata) Of(IHost host, ITrainingData data, TrainingSettings settings, RunParts parts)
    {
        using var network = Create(settings, parts);
        using var progress = host.StartProgressChannel("Computing features");
        var (table, strata) = ((RowTable?)null, new List<int>());
        progress.SetHeader(new ProgressHeader("rows"), entry => entry.SetProgress(0, strata.Count, data.Training.Count));
        using var batches = data.Training.InOrder(settings.BatchSize);
        var target = new float[data.Target.TargetSize];
        while (batches.MoveNext())
        {
            settings.Watch.ThrowIfInterrupted();
            using var pass = network.Begin(isTraining: false);
            var batch = parts.Collator.Gather(batches.Table, batches.Rows, labelSmoothing: 0);
            using var computed = network.Outputs(batch.Input).cpu().contiguous();
            var width = (int)computed.shape[1];
            var features = MemoryMarshal.Cast<byte, float>(computed.bytes);
            table ??= new RowTable(width, target.Length);
            for (var i = 0; i < batches.Rows.Length; i++)
            {
                var label = batches.Table.Label(batches.Rows[i]);
                label.CopyTo(target);
                table.Add(features.Slice(i * width, width), target, label.Weight);
                strata.Add(data.Target.StratumOf(label));
            }
        }

        return (table!, [.. strata]);
    }

    // As many outputs as features, and a last layer that changes nothing.
    private static Network Create(TrainingSettings settings, RunParts parts)
    {
        var width = (int)parts.Trained.Network.named_parameters().Single(named => named.name == HeadMatrix).parameter.shape[1];
        var network = settings.Architecture.CreateNetwork(parts.Input.Filled, width, new NetworkBuilder(RegularizationRecipe.None, settings.Key.Derive("features")));
        if (parts.Input.Scales.Input is { } scaler)
            network.ScaleInputs(scaler);
        settings.Start!.Weights!.CopyTo(network);
        var identity = new float[width * width];
        for (var i = 0; i < width; i++)
            identity[i * (width + 1)] = 1;
        new NetworkWeights([new NetworkTensor(HeadMatrix, [width, width], identity), new NetworkTensor(HeadBiases, [width], new float[width])]).CopyTo(network);
        network.to(settings.Device);
        return network;
    }
}
