using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.KilledTraining;

if (args is ["search", var search, var found])
    return SearchProgram.Run(search, found);

// folder of checkpoints or "none", file for the final weights, epochs
var (folder, output, epochs) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
var ml = new MLContext(seed: 1);
ml.Log += (_, message) =>
{
    if (message.Message.Contains("Kind=Warning", StringComparison.Ordinal))
        Console.WriteLine("warning " + message.Message);
};
var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
{
    // With the optimizer's memories, the average and the best epoch about 3 MB a checkpoint: a kill is as likely to find it half written as not.
    Architecture = NetworkArchitecture.Mlp(320, 320) with { Normalization = Normalization.Batch },
    Recipe = new RegularizationRecipe
    {
        WeightDecay = 0.01,
        Dropout = 0.2,
        WeightAveraging = WeightAveraging.Exponential(0.9),
        EarlyStopping = new EarlyStopping { Patience = epochs, RetrainsOnAllRows = false },
    },
    MaxEpochs = epochs,
    BatchSize = 64,
    Progress = new Lines(),
    Checkpoints = folder == "none" ? null : new CheckpointOptions { Folder = folder, Interval = TimeSpan.Zero },
});
var model = ml.Transforms.HoldOut(0.2).Append(ml.Transforms.GaussianNoise(scale: 0.1)).Append(trainer).Fit(ml.Data.LoadFromEnumerable(Row.Many(256)));

using var file = File.Create(output);
foreach (var tensor in model.LastTransformer.Model.Weights)
    file.Write(MemoryMarshal.AsBytes(tensor.Values.Span));
return 0;

/// <summary>Tells whoever started the program which epochs are done.</summary>
internal sealed class Lines : IProgress<EpochReport>
{
    public void Report(EpochReport value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch}"));
}
