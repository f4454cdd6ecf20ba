using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Regularization;

namespace TabularLeague;

/// <summary>The library's own trainers, a line each. A name has no comma.</summary>
internal static class Contestants
{
    private static readonly RealMlpArchitecture RealMlp = NetworkArchitecture.RealMlp();

    /// <summary>Those of the printed ranking.</summary>
    public static IReadOnlyList<Contestant> Main { get; } =
    [
        Of("Quick", new() { Effort = TrainingEffort.Quick }),
        Of("Default", new()),
        Of("Strong", new() { Effort = TrainingEffort.Strong }),
        Of("RealMlp", new() { Architecture = RealMlp }),
        Of("TabM", new() { Architecture = NetworkArchitecture.TabM() }),
        Of("Pack", new() { Pack = new PackOptions() }),
        OfRows("Advice", (ml, rows) => ml.Regularization().Advise(rows).Estimator(ml)),
    ];

    /// <summary>Changes of one setting each, to be compared with the others: they run when they are named.</summary>
    public static IReadOnlyList<Contestant> Ablations { get; } =
    [
        Of("Quick piecewise-linear", new() { Architecture = new MlpArchitecture { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear() } }),
        Of("Quick 8-members", new() { Architecture = NetworkArchitecture.Mlp(256, 256), Members = 8 }),
        Of("Quick muon", new() { Architecture = new MlpArchitecture(), Optimizer = Optimizer.Muon() }),
        Of("Quick periodic", new() { Architecture = new MlpArchitecture { NumericalEmbedding = NumericalEmbedding.Periodic() } }),
        Of("TabM robust-scale", new() { Architecture = NetworkArchitecture.TabM(), InputScaling = InputScaling.RobustSmoothClip }),
        Of("TabM plain-numbers", new() { Architecture = NetworkArchitecture.TabM() with { NumericalEmbedding = null } }),
        Of("TabM 8-members", new() { Architecture = NetworkArchitecture.TabM() with { Members = 8 } }),
        Of("TabM 8-kept", new() { Architecture = NetworkArchitecture.TabM() with { KeptMembers = 8 } }),
        Of("TabM as-published", new() { Architecture = NetworkArchitecture.TabM() with { Members = 32, HiddenSizes = [512, 512, 512] } }),
        Of("TabM muon", new() { Architecture = NetworkArchitecture.TabM(), Optimizer = Optimizer.Muon() }),
        Of("TabM 5-folds", new() { Architecture = NetworkArchitecture.TabM(), Folds = 5 }),
        Of("RealMlp 5-folds", new() { Architecture = RealMlp, Folds = 5 }),
        Of("RealMlp 4-members", new() { Architecture = RealMlp, Members = 4 }),
        Of("RealMlp 5-folds 2-members", new() { Architecture = RealMlp, Folds = 5, Members = 2 }),
        Of("Pack 4-members 5-folds", new() { Pack = new PackOptions { Members = 4 }, Folds = 5 }),
        OfDraws("Pack 4-members 5-folds no-draws", (_, _) => PackDraws.None),
        OfDraws("Pack 4-members 5-folds shared-recipes", (_, usual) => usual & ~PackDraws.Recipe),
        OfDraws("Pack 4-members 5-folds own-recipes", (classes, usual) => usual | PackDraws.Dropout | PackDraws.WeightAveraging | (classes ? PackDraws.LabelSmoothing : PackDraws.None)),
        OfDraws("Pack 4-members 5-folds dropout-kinds", (_, usual) => usual | PackDraws.DropoutKind),
        OfDraws("Pack 4-members 5-folds mixup", (_, usual) => usual | PackDraws.Mixup),
        OfDraws("Pack 4-members 5-folds piecewise-linear", (_, usual) => usual | PackDraws.PiecewiseLinear),

        Of("Pack 4-members 5-folds first-1", new() { Pack = new PackOptions { Members = 4, FirstMembers = 1 }, Folds = 5 }),
        Of("Pack 4-members 5-folds first-2", new() { Pack = new PackOptions { Members = 4, FirstMembers = 2 }, Folds = 5 }),

        // An ensemble of one snapshot is the best network by itself.
        Of("Pack 4-members 5-folds best-member", new() { Pack = new PackOptions { Members = 4, MaxSnapshots = 1, FirstMembers = 1 }, Folds = 5 }),
        Of("Pack best-member", new() { Pack = new PackOptions { MaxSnapshots = 1, FirstMembers = 1 } }),
        Of("RealMlp muon", new() { Architecture = RealMlp, Optimizer = Optimizer.Muon() }),
        Of("RealMlp balanced", new() { Architecture = RealMlp, ClassWeights = ClassWeights.Balanced }),
        Of("RealMlp balanced affine", new() { Architecture = RealMlp, ClassWeights = ClassWeights.Balanced, Calibration = Calibration.Affine() }),
        Of("RealMlp affine", new() { Architecture = RealMlp, Calibration = Calibration.Affine() }),
        Of("RealMlp uncalibrated", new() { Architecture = RealMlp, Calibration = Calibration.None }),
        Of("Default distilled", new() { DistillInto = NetworkArchitecture.Mlp(256, 256) }),
        Of("Default uncalibrated", new() { Calibration = Calibration.None }),
        Of("RealMlp piecewise-linear", new() { Architecture = RealMlp with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear() } }),
        Of("RealMlp piecewise-linear 5-folds", new()
        {
            Architecture = RealMlp with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear() }, Folds = 5,
        }),
        Of("RealMlp piecewise-linear quantiles", new()
        {
            Architecture = RealMlp with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear() }, InputScaling = InputScaling.NormalQuantiles,
        }),
        Of("RealMlp plain-numbers", new() { Architecture = RealMlp with { EmbedsNumbers = false } }),
        Of("RealMlp initial-bounds", new() { Architecture = RealMlp with { InitializesFromData = false } }),
        Of("RealMlp scale-decay-6", new() { Architecture = RealMlp with { ScaleDecay = 6 } }),
        Of("RealMlp scale-decay-0", new() { Architecture = RealMlp with { ScaleDecay = 0 } }),
        Of("RealMlp plain-codes", new() { Architecture = RealMlp with { ScalesCategories = false } }),
        Of("RealMlp last-batches", new() { Architecture = RealMlp, DropsLastBatch = false }),
        Of("RealMlp one-cosine", new() { Architecture = RealMlp, Schedule = LearningRateSchedule.Cosine() }),
        OfRecipe("RealMlp constant-strength", recipe => recipe with { WeightDecaySchedule = null, DropoutSchedule = null }),
        OfRecipe("RealMlp ties-by-loss", recipe => recipe with { EarlyStopping = recipe.EarlyStopping! with { PrefersLaterEpochs = false } }),
        OfRecipe("RealMlp no-decay", recipe => recipe with { WeightDecay = 0 }),
        OfRecipe("RealMlp no-dropout", recipe => recipe with { Dropout = null, DropoutSchedule = null }),
        OfRecipe("RealMlp no-smoothing", recipe => recipe with { LabelSmoothing = 0 }),
        OfRecipe("RealMlp best-loss", recipe => recipe with { EarlyStopping = recipe.EarlyStopping! with { Metric = ValidationMetric.Loss } }),
        OfRecipe("RealMlp last-epoch", recipe => recipe with { EarlyStopping = null }),
    ];

    public static IEnumerable<Contestant> All => Main.Concat(Ablations).Concat(Opponents.All);

    /// <summary>The names of the changes of a contestant: those that begin with its own.</summary>
    public static IEnumerable<string> ChangesOf(string name) =>
        Ablations.Select(contestant => contestant.Name).Where(change => change.StartsWith(name.Split('@', ':')[0] + " ", StringComparison.Ordinal));

    /// <summary>Reads NAME, NAME:columns, NAME@BUILD or NAME:columns@BUILD.</summary>
    /// <param name="text">What the command line says.</param>
    /// <param name="giveColumns">Whether trainers of the library get columns without asking.</param>
    /// <param name="build">The build of the library's trainers that name none.</param>
    public static Entry Parse(string text, bool giveColumns, string build)
    {
        var parts = text.Split('@', 2);
        var takesColumns = parts[0].EndsWith(Entry.Columns, StringComparison.Ordinal);
        var name = takesColumns ? parts[0][..^Entry.Columns.Length] : parts[0];
        var contestant = All.FirstOrDefault(known => known.Name == name)
            ?? throw new UsageException($"There is no trainer '{name}'. There are: {string.Join("; ", All.Select(known => known.Name))}.");
        if (takesColumns && !contestant.IsOurs)
            throw new UsageException($"{name} takes no columns of categories: it gets the prepared features.");
        return new Entry(contestant, takesColumns || (giveColumns && contestant.IsOurs), parts.Length == 2 ? parts[1] : contestant.IsOurs ? build : "");
    }

    /// <summary>One that looks at the training rows first.</summary>
    private static Contestant OfRows(string name, Func<MLContext, IDataView, IEstimator<ITransformer>> create) =>
        new(name, Settings: "", IsOurs: true, (_, _) => throw new NotSupportedException($"{name} goes by the rows.")) { CreateFor = create };

    private static Contestant Of(string name, NeuralNetworkOptions options) => OfOptions(name, SettingsOf(options), _ => options);

    /// <summary>A pack on folds that draws other settings than usual.</summary>
    /// <param name="name">What results call it.</param>
    /// <param name="change">What it draws, by whether labels are classes and what is usual then.</param>
    private static Contestant OfDraws(string name, Func<bool, PackDraws, PackDraws> change)
    {
        return OfOptions(name, $"classes: {SettingsOf(Changed(Prediction.Class))}; numbers: {SettingsOf(Changed(Prediction.Number))}", Changed);

        NeuralNetworkOptions Changed(Prediction predicted)
        {
            var hasClasses = predicted != Prediction.Number;
            var usual = hasClasses ? PackDraws.Network | PackDraws.Recipe : PackDraws.Network & ~PackDraws.Activation;
            return new() { Pack = new PackOptions { Members = 4, Draws = change(hasClasses, usual) }, Folds = 5 };
        }
    }

    /// <summary>RealMlp with a change of its recipe, which tells classes from numbers.</summary>
    private static Contestant OfRecipe(string name, Func<RegularizationRecipe, RegularizationRecipe> change)
    {
        return OfOptions(name, $"classes: {SettingsOf(Changed(Prediction.Class))}; numbers: {SettingsOf(Changed(Prediction.Number))}", Changed);

        NeuralNetworkOptions Changed(Prediction predicted)
        {
            var isNumber = predicted == Prediction.Number;
            var flatThenCosine = LearningRateSchedule.FlatThenCosine(flatFraction: 0.5);
            return new()
            {
                Architecture = RealMlp,
                Recipe = change(new RegularizationRecipe
                {
                    WeightDecay = 0.02,
                    WeightDecaySchedule = flatThenCosine,
                    Dropout = 0.15,
                    DropoutSchedule = flatThenCosine,
                    LabelSmoothing = isNumber ? 0 : 0.1,
                    EarlyStopping = new EarlyStopping
                    {
                        Metric = isNumber ? ValidationMetric.RootMeanSquaredError : ValidationMetric.Accuracy,
                        Patience = int.MaxValue,
                        StandardErrors = 0,
                        RetrainsOnAllRows = false,
                        PrefersLaterEpochs = true,
                    },
                }),
            };
        }
    }

    private static Contestant OfOptions(string name, string settings, Func<Prediction, NeuralNetworkOptions> optionsFor) =>
        new(name, settings, IsOurs: true, (ml, predicted) =>
        {
            var options = optionsFor(predicted) with { AllKeysAreCategories = true };
            return predicted switch
            {
                Prediction.Binary => ml.BinaryClassification.Trainers.NeuralNetwork(options),
                Prediction.Class => ml.MulticlassClassification.Trainers.NeuralNetwork(options),
                _ => (IEstimator<ITransformer>)ml.Regression.Trainers.NeuralNetwork(options),
            };
        });

    /// <summary>The options that differ from their defaults, as JSON.</summary>
    private static string SettingsOf(NeuralNetworkOptions options)
    {
        var usual = new NeuralNetworkOptions();
        return string.Join(", ", typeof(NeuralNetworkOptions).GetProperties()
            .Where(option => !Equals(option.GetValue(options), option.GetValue(usual)))
            .Select(option => $"{option.Name} = {JsonSerializer.Serialize(option.GetValue(options), option.PropertyType)}"));
    }
}
