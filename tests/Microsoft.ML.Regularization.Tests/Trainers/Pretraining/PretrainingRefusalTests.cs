using Microsoft.ML.Regularization.Tests.Networks.Custom;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Trainers.Pretraining;

/// <summary>Rows, networks and options that no pre-training is for, and fits that do not fit theirs: each error names what is in the way.</summary>
[TestClass]
public sealed class PretrainingRefusalTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly PretrainingOptions Quick = new() { MaxEpochs = 1, BatchSize = 16 };
    private static readonly NeuralNetworkOptions Table = new() { Architecture = NetworkArchitecture.Mlp(4), MaxEpochs = 1, Recipe = RegularizationRecipe.None };
    private static readonly NeuralNetworkOptions Texts = Table with { Architecture = NetworkArchitecture.TextTransformer(width: 8, depth: 1, heads: 2, maxLength: 6), FeatureColumnName = "Tokens" };

    private static IEnumerable<object[]> Misuses =>
    [
        Refusal.Case("no architecture", () => Pretrain(Table with { Architecture = null }), "Architecture", "is null"),
        Refusal.Case("TabM", () => Pretrain(Table with { Architecture = NetworkArchitecture.TabM(4) }), "Architecture is TabM", "none of Mlp, ResidualMlp, RealMlp"),
        Refusal.Case("custom", () => Pretrain(Table with { Architecture = NetworkArchitecture.Custom(new NormalizedNetwork()) }), "Architecture is Custom"),
        Refusal.Case("images", () => Pretrain(Table with { Architecture = NetworkArchitecture.ConvNet(2), FeatureColumnName = "Pixels" }), "Architecture is ConvNet", "none of"),
        Refusal.Case("no hidden layer", () => Pretrain(Table with { Architecture = new MlpArchitecture { HiddenSizes = [] } }), "no hidden layer"),
        Refusal.Case("recurrent", () => Pretrain(Texts with { Architecture = NetworkArchitecture.Lstm(4) }), "Architecture is Lstm"),
        Refusal.Case("masked numbers", () => Pretrain(Table, Quick with { Task = PretextTask.MaskedTokens() }), "Architecture is Mlp", "no TextTransformer"),
        Refusal.Case("denoised tokens", () => Pretrain(Texts, Quick with { Task = PretextTask.Denoising() }), "Architecture is TextTransformer", "none of"),
        Refusal.Case("text that is not tokenized", () => Pretrain(Texts with { FeatureColumnName = "Sentence" }, rows: RefusedTraining.View(Example.Clusters(9))), "'Sentence'", "Vector<Key<UInt32>>"),
        Refusal.Case("no column", () => Pretrain(Table with { FeatureColumnName = "Nothing" }), "'Nothing'"),
        Refusal.Case("no rows", () => Pretrain(Table, rows: Rows([])), "no training rows"),
        Refusal.Case("one row", () => Pretrain(Table, rows: Rows(InputExample.Of(1))), "denoising", "at least two training rows"),
        Refusal.Case("one row to contrast", () => Pretrain(Table, Quick with { Task = PretextTask.Contrast() }, Rows(InputExample.Of(2)[..1])), "contrast", "at least two training rows"),
        Refusal.Case("batches of one row", () => Pretrain(Table, Quick with { BatchSize = 1 }), "BatchSize", "at least 2"),
        Refusal.Case("all alike", () => Pretrain(Table, rows: Rows([.. Enumerable.Repeat(InputExample.Of(1)[0], 20)])), "'Features'", "all 20 rows are alike"),
        Refusal.Case("epochs", () => Pretrain(Table, Quick with { MaxEpochs = 0 }), "MaxEpochs", "at least 1"),
        Refusal.Case("rate", () => Pretrain(Table, Quick with { LearningRate = 0 }), "LearningRate", "above 0"),
        Refusal.Case("decay", () => Pretrain(Table, Quick with { LearningRate = 10 }), "LearningRate * WeightDecay"),
        Refusal.Case("no recipe", () => Pretrain(Table, Quick with { Recipe = null! }), "Recipe must not be null"),
        Refusal.Case("smoothing", () => Pretrain(Table, Quick with { Recipe = new RegularizationRecipe { LabelSmoothing = 0.1 } }), "LabelSmoothing", "pre-training"),
        Refusal.Case("mixup", () => Pretrain(Table, Quick with { Recipe = new RegularizationRecipe { ManifoldMixup = new ManifoldMixup() } }), "ManifoldMixup"),
        Refusal.Case("attack", () => Pretrain(Table, Quick with { Recipe = new RegularizationRecipe { AdversarialTraining = AdversarialTraining.Fgsm(0.1) } }), "AdversarialTraining"),
        Refusal.Case("stopping without rows", () => Pretrain(Table, Quick with { Recipe = new RegularizationRecipe { EarlyStopping = new EarlyStopping { Metric = ValidationMetric.Accuracy } } }), "Accuracy", "pre-training"),
        Refusal.Case("pre-trained before", () => Pretrain(Table with { Pretrained = Pretrain(Table) }), "Pretrained", "starts anew"),
        Refusal.Case("another network", () => Fit(Table with { Architecture = NetworkArchitecture.Mlp(5), Pretrained = Pretrain(Table) }), "Pretrained", "Mlp(4)", "Mlp(5)"),
        Refusal.Case("no network", () => Fit(Table with { Architecture = null, Pretrained = Pretrain(Table) }), "Architecture is null"),
        Refusal.Case("pack", () => Fit(Real with { Pretrained = Pretrain(Real), Pack = new PackOptions() }), "Pretrained", "Pack"),
        Refusal.Case("pixels", () => Fit(Table with { Pretrained = Pretrain(Table) with { Pixels = PixelScaling.Symmetric } }), "Pixels", "reads none"),
        Refusal.Case("texts without words", () => Pretrain(Texts, rows: Rows([new InputExample { Features = new float[4] }])), "all 1 have features in column 'Tokens' that have no tokens."),
        Refusal.Case("another scale", () => Fit(Table with { InputScaling = InputScaling.Standardize, Pretrained = Pretrain(Table) }), "RobustSmoothClip", "InputScaling is Standardize"),
        Refusal.Case("other numbers", () => Fit(Table with { FeatureColumnName = "Flagged", Pretrained = Pretrain(Table) }), "4 features", "5 features"),
        Refusal.Case("one category more", () => Fit(Table with { CategoricalColumnNames = ["Category"], Pretrained = Pretrain(Table) }), "categories", "'Category'"),
        Refusal.Case("one category less", () => Fit(Table with { Pretrained = Pretrain(Table with { CategoricalColumnNames = ["Category"] }) }), "'Category'", "none"),
        Refusal.Case("another activation of the task", () => Ml.Regression.Trainers.NeuralNetwork(
            Real with { LabelColumnName = "Target", Pretrained = Pretrain(Real) }).Fit(Rows(InputExample.Of(30))), "Pretrained", "SELU", "Mish"),
    ];

    private static NeuralNetworkOptions Real => Table with { Architecture = NetworkArchitecture.RealMlp() with { HiddenSizes = [4] } };

    [TestMethod]
    [DynamicData(nameof(Misuses))]
    public void Errors_name_what_is_in_the_way(string name, object action, object fragments) => Refusal.Check(name, (Action)action, (string[])fragments);

    [TestMethod]
    public void Names_of_slots_must_be_those_of_pre_training()
    {
        var rows = RefusedTraining.View(Example.Clusters(20));
        IDataView Of(params string[] columns) => Ml.Transforms.Concatenate("Numbers", columns).Fit(rows).Transform(rows);
        var options = Table with { FeatureColumnName = "Numbers" };
        var weights = RefusedTraining.Trainer(options).Pretrain(Of("Target", "Weight"), Quick);

        RefusedTraining.Trainer(options with { Pretrained = weights }).Fit(Of("Target", "Weight"));
        Refusal.Check("order", () => RefusedTraining.Trainer(options with { Pretrained = weights }).Fit(Of("Weight", "Target")), ["slot 0 of column 'Numbers'", "'Target'", "'Weight'"]);
    }

    /// <summary>The fit's own dictionary, of fewer values in another order, is translated; a value that pre-training has not seen is refused.</summary>
    [TestMethod]
    public void Keys_stand_for_the_values_of_pre_training()
    {
        var options = Table with { FeatureColumnName = null, CategoricalColumnNames = ["Town"] };
        var weights = RefusedTraining.Trainer(options).Pretrain(Towns("a", "b", "c", "d", "a", "c"), Quick);

        var model = RefusedTraining.Trainer(options with { Pretrained = weights, FineTuning = FineTuning.HeadAlone }).Fit(Towns("d", "b", "b", "d"));
        Assert.AreEqual(KeyDictionary.Of(["a", "b", "c", "d"]), model.GetNeuralNetwork().Keys.Inputs[0]);
        Refusal.Check("unknown", () => RefusedTraining.Trainer(options with { Pretrained = weights }).Fit(Towns("d", "e", "b", "e")), ["'Town'", "'e'", "the pre-training"]);

        static IDataView Towns(params string[] towns)
        {
            var rows = Ml.Data.LoadFromEnumerable(towns.Select((town, place) => new Place { Town = town, Label = place % 2 == 0 ? "x" : "y" }));
            return Ml.Transforms.Conversion.MapValueToKey([new("Town"), new("Label")]).Fit(rows).Transform(rows);
        }
    }

    [TestMethod]
    public void Files_whose_description_is_damaged_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder["body.safetensors"];
        Pretrain(Table).Save(path);
        var whole = File.ReadAllText(path, System.Text.Encoding.Latin1);
        foreach (var (from, to) in new[] { ("hiddenSizes", "hiddenSices"), ("RobustSmoothClip", "RobustSmoothClap"), ("\\u0022numbers\\u0022: 4", "\\u0022numbers\\u0022: 3") })
        {
            Assert.Contains(from, whole, from);
            File.WriteAllText(path, whole.Replace(from, to, StringComparison.Ordinal), System.Text.Encoding.Latin1);
            var message = Assert.ThrowsExactly<InvalidDataException>(() => PretrainedWeights.FromSafetensors(path), from).Message;
            Assert.Contains(path, message);
            Assert.Contains("pre-training is damaged", message);
        }
    }

    private static PretrainedWeights Pretrain(NeuralNetworkOptions options, PretrainingOptions? pretraining = null, IDataView? rows = null) =>
        RefusedTraining.Trainer(options).Pretrain(rows ?? Rows(InputExample.Of(30)), pretraining ?? Quick);

    private static ITransformer Fit(NeuralNetworkOptions options) => RefusedTraining.Trainer(options).Fit(Rows(InputExample.Of(30)));

    private static IDataView Rows(List<InputExample> rows) => Ml.Data.LoadFromEnumerable(rows);

    private sealed class Place
    {
        public string Town { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
