#:project ../../../src/Microsoft.ML.Regularization
#:package TorchSharp-cpu
#:property PublishAot=false

// Makes model.zip and scores.json beside it again: dotnet run make-model.cs -- <this folder> <digits.csv>
// Needed only when the format of a saved network changes.
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

var (folder, digits) = (args[0], args[1]);
var ml = new MLContext(seed: 1);
var data = ml.Data.LoadFromTextFile(
    digits, [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 64)], separatorChar: ',', hasHeader: true);
var network = ml.Transforms.Conversion.MapValueToKey("Label")
    .Append(ml.Transforms.NormalizeMinMax("Normalized", "Features"))
    .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
    {
        FeatureColumnName = "Normalized",
        Architecture = NetworkArchitecture.Mlp(32, 24) with { Activation = Activation.GELU, Normalization = Normalization.Batch },
        Recipe = RegularizationRecipe.None with { WeightDecay = 0.01, LabelSmoothing = 0.1, Dropout = 0.1 },
        MaxEpochs = 5,
    }));
var model = network.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
ml.Model.Save(model, data.Schema, Path.Combine(folder, "model.zip"));

var parameters = model.GetNeuralNetwork();
var scored = model.Transform(ml.Data.TakeRows(data, 8));
var scores = new
{
    Features = scored.GetColumn<float[]>("Features"),
    Managed = scored.GetColumn<float[]>("Score"),
    Libtorch = scored.GetColumn<float[]>("Normalized").Select(ScoreByLibtorch),
};
File.WriteAllText(Path.Combine(folder, "scores.json"), JsonSerializer.Serialize(scores));

float[] ScoreByLibtorch(float[] features)
{
    using var scope = NewDisposeScope();
    var scaled = (tensor(features).to(float64) - Weight("scaling.center")) * Weight("scaling.factor");
    var hidden = (scaled / (1 + (scaled / 3).square()).sqrt()).unsqueeze(0);
    for (var layer = 0; layer < 2; layer++)
    {
        var name = $"hidden.{layer}.";
        hidden = linear(hidden, Weight(name + "linear.weight"), Weight(name + "linear.bias"));
        hidden = batch_norm(
            hidden, Weight(name + "norm.running_mean"), Weight(name + "norm.running_var"), Weight(name + "norm.weight"), Weight(name + "norm.bias"), training: false);
        hidden = gelu(hidden);
    }

    return softmax(linear(hidden, Weight("output.weight"), Weight("output.bias")), 1).to(float32).data<float>().ToArray();
}

Tensor Weight(string name)
{
    var weight = parameters.Weights.Single(tensor => tensor.Name == name);
    return tensor(weight.Values.ToArray(), [.. weight.Shape]).to(float64);
}
