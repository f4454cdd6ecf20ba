using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>Every way to misuse the library that we know of, and what the error must say.</summary>
[TestClass]
public sealed class BadInputTests
{
    private static readonly MLContext Ml = new(seed: 1);

    private static NeuralNetworkOptions Quick { get; } = new()
    {
        Architecture = NetworkArchitecture.Mlp(4),
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 1,
    };

    private static NeuralNetworkOptions Flags => Quick with { LabelColumnName = "Flag" };

    private static NeuralNetworkOptions Targets => Quick with { LabelColumnName = "Target" };

    private static ITextTranslator Echo { get; } = TextTranslator.FromDelegate((text, _, _) => text);

    private static IEnumerable<object[]> Cases =>
    [
        // Columns that are missing or of a wrong type.
        Case("mixup without features", () => FitMixup(new() { FeatureColumnName = "Pixels" }), "feature column 'Pixels'"),
        Case("mixup without label", () => FitMixup(new() { LabelColumnName = "Class" }), "label column 'Class'"),
        Case("mixup without its weight", () => FitMixup(new() { WeightColumnName = "Cost" }), "weight column 'Cost'"),
        Case("mixup of text labels", () => FitMixup(new() { LabelColumnName = "Name" }), "'Name'", "Key<UInt32>", "String"),
        Case("mixup of a number as features", () => FitMixup(new() { FeatureColumnName = "Target" }), "'Target'", "Vector<Single>"),
        Case("mixup of text weights", () => FitMixup(new() { WeightColumnName = "Name" }), "'Name'", "Single", "String"),
        Case("mixup of rows of unknown length", () => Ml.Data.Augment(UnknownLength(), new MixupOptions()), "'Features'", "known size"),
        Case("trainer without features", () => Fit(Quick with { FeatureColumnName = "Pixels" }), "feature column 'Pixels'"),
        Case("trainer without label", () => Fit(Quick with { LabelColumnName = "Class" }), "label column 'Class'"),
        Case("trainer without weights", () => Fit(Quick with { ExampleWeightColumnName = "Cost" }), "weight column 'Cost'"),
        Case("trainer on text labels", () => Fit(Quick with { LabelColumnName = "Name" }), "'Name'", "Key<UInt32>", "ml.Transforms.Conversion.MapValueToKey", "String"),
        Case("trainer on numbers as labels", () => Fit(Quick with { LabelColumnName = "Target" }), "'Target'", "Key<UInt32>", "ml.Transforms.Conversion.MapValueToKey", "Single"),
        Case("trainer on booleans as labels", () => Fit(Quick with { LabelColumnName = "Flag" }), "'Flag'", "Key<UInt32>", "ml.BinaryClassification.Trainers.NeuralNetwork", "Boolean"),
        Case("trainer on a number as features", () => Fit(Quick with { FeatureColumnName = "Target" }), "'Target'", "Vector<Single>", "Single"),
        Case("trainer on rows of unknown length", () => Ml.MulticlassClassification.Trainers.NeuralNetwork(Quick).Fit(UnknownLength()), "'Features'", "Vector<Single>"),
        Case("trainer on text weights", () => Fit(Quick with { ExampleWeightColumnName = "Name" }), "'Name'", "Single"),
        Case("scoring rows of another length", () => Fit(Quick).Transform(OtherLength()), "feature", "Vector<Single, 4>", "Vector<Single, 2>"),

        Case("noise without features", () => Tabular(new GaussianNoiseOptions { ColumnName = "Pixels" }), "feature column 'Pixels'"),
        Case("noise on text", () => Tabular(new GaussianNoiseOptions { ColumnName = "Name" }), "'Name'", "Vector<Single> of known size or Single", "String"),
        Case("noise on classes", () => Tabular(new GaussianNoiseOptions { ColumnName = "Label" }), "'Label'", "Single", "Key<UInt32"),
        Case("noise on rows of unknown length", () => Ml.Data.Augment(UnknownLength(), new GaussianNoiseOptions()), "'Features'", "known size"),
        Case("feature dropout of text", () => Tabular(new FeatureDropoutOptions { ColumnName = "Name" }), "'Name'", "Vector<Single> of known size or Single", "String"),
        Case("feature swap of a number", () => Tabular(new FeatureSwapOptions { FeatureColumnName = "Target" }), "'Target'", "Vector<Single>"),
        Case("feature swap without features", () => Tabular(new FeatureSwapOptions { FeatureColumnName = "Pixels" }), "feature column 'Pixels'"),
        Case("feature swap without the label to mix", () => Tabular(new FeatureSwapOptions { LabelColumnName = "Class", MixLabels = true }), "label column 'Class'"),
        Case("noise on slots without names", () => Tabular(new GaussianNoiseOptions { SlotNames = ["Age"] }), "SlotNames", "'Age'", "'Features'", "no names"),
        Case("noise on an unknown slot", () => Slots(new GaussianNoiseOptions { SlotNames = ["Weight", "Aged"] }), "SlotNames", "'Aged'", "'Slots'", "'Weight', 'Target', 'Four.Weight', 'Four.Target'"),
        Case("feature dropout of an unknown slot", () => Slots(new FeatureDropoutOptions { SlotNames = ["weight"] }), "SlotNames", "'weight'", "'Slots'", "'Weight'"),
        Case("feature swap of an unknown slot", () => Slots(new FeatureSwapOptions { SlotNames = ["Weigh"] }), "SlotNames", "'Weigh'", "'Slots'", "'Weight'"),
        Case("smoothing of a target", () => Ml.Transforms.LabelSmoothing("Target").Fit(View(Example.Clusters(30))), "label", "'Target'", "Key<UInt32>", "Single"),
        Case("smoothing without label", () => Ml.Transforms.LabelSmoothing("Class").Fit(View(Example.Clusters(30))), "label column 'Class'"),
        Case("smoothing of a target in the recipe", () => FitRegression(Targets with { Recipe = RegularizationRecipe.None with { Augmentations = [new LabelSmoothingOptions { LabelColumnName = "Target" }] } }), "label", "'Target'", "Single"),
        Case("hold out by classes that are not there", () => Ml.Transforms.HoldOut(stratificationColumnName: "Class").Fit(View(Example.Clusters(30))), "stratification column 'Class'"),
        Case("hold out by groups that are not there", () => Ml.Transforms.HoldOut(groupColumnName: "Patient").Fit(View(Example.Clusters(30))), "group column 'Patient'"),
        Case("hold out by classes that are numbers", () => Ml.Transforms.HoldOut(stratificationColumnName: "Target").Fit(View(Example.Clusters(30))), "stratification", "'Target'", "a key, Boolean or String", "Single"),
        Case("hold out by soft classes", () => Ml.Transforms.HoldOut(stratificationColumnName: "Soft").Fit(View(Example.Clusters(30))), "stratification", "'Soft'", "Vector<Single"),
        Case("hold out by groups that are booleans", () => Ml.Transforms.HoldOut(groupColumnName: "Flag").Fit(View(Example.Clusters(30))), "group", "'Flag'", "an integer", "Boolean"),
        Case("hold out by groups that are vectors", () => Ml.Transforms.HoldOut(groupColumnName: "Features").Fit(View(Example.Clusters(30))), "group", "'Features'", "Vector<Single"),
        Case("class weights of a target", () => Ml.Transforms.ClassWeights("Target").Fit(View(Example.Clusters(30))), "label", "'Target'", "Key<UInt32>", "Single"),
        Case("class weights without label", () => Ml.Transforms.ClassWeights("Class").Fit(View(Example.Clusters(30))), "label column 'Class'"),
        Case("class weights of text", () => Ml.Transforms.ClassWeights("Name").Fit(View(Example.Clusters(30))), "label", "'Name'", "Key<UInt32>", "String"),
        Case("class weights in text", () => Ml.Transforms.ClassWeights(weightColumnName: "Name").Fit(View(Example.Clusters(30))), "weight", "'Name'", "Single", "String"),
        Case("class weights of no class", () => Ml.Data.Augment(View(Changed(row => row.Label = Example.ClassCount)), new ClassWeightsOptions()).GetColumn<float>("Weight").Count(), "'Label'", "no classes to count"),

        // Rows.
        Case("no rows", () => Fit(Quick, []), "no training rows", "empty"),
        Case("a missing number that is refused", () => Fit(Quick with { MissingValues = MissingValues.Refuse }, Changed(row => row.Features[2] = row.Id == 7 ? float.NaN : 1)), "'Features'", "row 7", "slot 2", "NaN", "MissingValues is Refuse"),
        Case("an infinite number that is refused", () => Fit(Quick with { MissingValues = MissingValues.Refuse }, Changed(row => row.Features[1] = row.Id == 9 ? float.PositiveInfinity : row.Id)), "'Features'", "row 9", "slot 1", "Infinity", "MissingValues is Refuse"),
        Case("MissingValues", () => Trainer(Quick with { MissingValues = (MissingValues)7 }), "MissingValues", "Impute, Refuse", "7"),
        Case("all labels missing", () => Fit(Quick, Changed(row => row.Label = Example.ClassCount)), "No usable training rows", "30", "'Label'"),
        Case("one class", () => Fit(Quick, Changed(row => row.Label = 1)), "'Label'", "all 30 training rows are of class 2", "two classes"),
        Case("a soft label of too much mass", () => Fit(Quick with { LabelColumnName = "Soft" }, Changed(row => row.Soft[0] += row.Id == 7 ? 0.5f : 0)), "'Soft'", "row 7", "1.5", "add up to 1"),
        Case("a soft label with a negative share", () => Fit(Quick with { LabelColumnName = "Soft" }, Changed(row => row.Soft = row.Id == 4 ? [1.5f, -0.5f, 0] : row.Soft)), "'Soft'", "row 4", "-0.5", "at least 0"),
        Case("a negative weight", () => Fit(Quick with { ExampleWeightColumnName = "Weight" }, Changed(row => row.Weight = row.Id == 9 ? -2 : 1)), "'Weight'", "row 9", "-2", "at least 0"),
        Case("a weight that is no number", () => Fit(Quick with { ExampleWeightColumnName = "Weight" }, Changed(row => row.Weight = row.Id == 9 ? float.NaN : 1)), "'Weight'", "row 9", "NaN"),
        Case("no weight at all", () => Fit(Quick with { ExampleWeightColumnName = "Weight" }, Changed(row => row.Weight = 0)), "'Weight'", "all example weights are 0"),
        Case("a single row under batch normalization", () => Fit(Quick with { BatchSize = 2, Architecture = NetworkArchitecture.Mlp(4) with { Normalization = Normalization.Batch }, LabelColumnName = "Soft" }, Example.Clusters(1)), "Batch normalization", "at least two training rows"),
        Case("features of ruinous scale", () => Fit(Quick with { LearningRate = 1e30, MaxEpochs = 5 }), "diverged", "LearningRate"),

        Case("a row of another length", () => Fit(Quick, Changed(row => row.Features = row.Id == 6 ? [1, 2] : row.Features)), "'Features'", "row 6", "2 features instead of 4"),
        Case("a soft label of another length", () => Fit(Quick with { LabelColumnName = "Soft" }, Changed(row => row.Soft = row.Id == 6 ? [1, 0] : row.Soft)), "'Soft'", "row 6", "2 probabilities instead of 3"),
        Case("mixup of a row of another length", () => Mixed(Changed(row => row.Features = row.Id == 6 ? [1, 2] : row.Features)), "'Features'", "2 features instead of 4"),
        Case("mixup of a soft label of another length", () => Mixed(Changed(row => row.Soft = row.Id == 6 ? [1, 0] : row.Soft), "Soft"), "'Soft'", "2 probabilities instead of 3"),
        Case("errors read the same in every culture", () => InGerman(() => Fit(Quick with { LearningRate = 1.5e30, MaxEpochs = 5 })), "LearningRate (1.5E+30)"),
        Case("a soft label's mass in every culture", () => InGerman(() => Fit(Quick with { LabelColumnName = "Soft" }, Changed(row => row.Soft[0] += row.Id == 7 ? 0.5f : 0))), "add up to 1.5."),

        Case("noise on a row of another length", () => Noisy(Changed(row => row.Features = row.Id == 6 ? [1, 2] : row.Features)), "'Features'", "2 features instead of 4"),

        // Validation rows.
        Case("early stopping without validation rows", () => Fit(Quick with { Recipe = RegularizationRecipe.SmallDataset, ValidationFraction = 0 }), "EarlyStopping", "validation rows", "HoldOut"),
        Case("a validation set of other features", () => Fit(Quick with { ValidationSet = OtherLength() }), "ValidationSet", "2 features", "4"),
        Case("a validation set without label", () => Fit(Quick with { ValidationSet = Ml.Transforms.DropColumns("Label").Fit(View(Example.Clusters(9))).Transform(View(Example.Clusters(9))) }), "label column 'Label'"),
        Case("a validation set whose keys have other values", () => FitOnNames(Example.Clusters(30), Example.Clusters(30).ConvertAll(row => { row.Name = "new " + row.Name; return row; })), "ValidationSet", "'Key'", "the training set does not know: 'new class 0'", "It knows 'class 0', 'class 1'", "one fitted transformer"),
        Case("an empty validation set", () => Fit(Quick with { ValidationSet = View([]) }), "ValidationSet", "no usable rows"),
        Case("hold out marks nothing", () => Ml.Transforms.HoldOut(new HoldOutOptions { Fraction = 1e-9, Stratifies = false }).Append(Ml.MulticlassClassification.Trainers.NeuralNetwork(Quick)).Fit(View(Example.Clusters(30))), "HoldOut", "none of 30 rows", "Fraction"),
        Case("hold out marks everything", () => Ml.Transforms.HoldOut(new HoldOutOptions { Fraction = 1 - 1e-9, Stratifies = false }).Append(Ml.MulticlassClassification.Trainers.NeuralNetwork(Quick)).Fit(View(Example.Clusters(30))), "HoldOut", "all 30 usable rows", "lower its Fraction"),
        Case("hold out twice", () => Ml.Transforms.HoldOut().Append(Ml.Transforms.HoldOut()).Fit(View(Example.Clusters(30))), "HeldOutForValidation", "only once"),

        // Options.
        Case("Alpha", () => Ml.Transforms.Mixup(alpha: -0.1), "Alpha", "from 0 to 1000000", "-0.1"),
        Case("Alpha NaN", () => Ml.Transforms.Mixup(alpha: double.NaN), "Alpha", "from 0 to 1000000", "NaN"),
        Case("Probability", () => Ml.Transforms.Mixup(probability: 1.1), "Probability", "from 0 to 1", "1.1"),
        Case("LabelMode", () => Ml.Transforms.Mixup(labelMode: (LabelMode)7), "LabelMode", "Soft, WeightedPairs", "7"),
        Case("FeatureColumnName of mixup", () => Ml.Transforms.Mixup(" "), "FeatureColumnName", "blank"),
        Case("LabelColumnName of mixup", () => Ml.Transforms.Mixup("Features", " "), "LabelColumnName", "blank"),
        Case("WeightColumnName of mixup", () => Ml.Transforms.Mixup(weightColumnName: ""), "WeightColumnName", "blank"),
        Case("one column in two roles", () => Ml.Transforms.Mixup("Label", "Label"), "'Label'", "different columns"),

        // Augmentations of images.
        Case("Brightness", () => Ml.Transforms.ColorJitter(brightness: -0.1), "Brightness", "at least 0", "-0.1"),
        Case("Contrast", () => Ml.Transforms.ColorJitter(contrast: double.NaN), "Contrast", "at least 0", "NaN"),
        Case("Saturation", () => Ml.Transforms.ColorJitter(saturation: -1), "Saturation", "at least 0", "-1"),
        Case("Hue", () => Ml.Transforms.ColorJitter(hue: 0.6), "Hue", "from 0 to 0.5", "0.6"),
        Case("Probability of colour jitter", () => Ml.Transforms.ColorJitter(probability: 2), "Probability", "from 0 to 1", "2"),
        Case("Operations of RandAugment", () => Ml.Transforms.RandAugment(operations: 0), "Operations", "from 1 to 100", "0"),
        Case("Magnitude of RandAugment", () => Ml.Transforms.RandAugment(magnitude: 31), "Magnitude", "from 0 to 30", "31"),
        Case("Probability of TrivialAugment", () => Ml.Transforms.TrivialAugment(probability: -1), "Probability", "from 0 to 1", "-1"),
        Case("a pixel scale of no mean", () => Ml.Transforms.ColorJitter(pixelScale: PixelScale.Normalized([], [1])), "PixelScale.Means", "empty"),
        Case("a pixel scale of no deviation", () => Ml.Transforms.ColorJitter(pixelScale: PixelScale.Normalized([0], [])), "PixelScale.Deviations", "empty"),
        Case("a mean that is no number", () => Ml.Transforms.ColorJitter(pixelScale: PixelScale.Normalized([double.NaN], [1])), "PixelScale.Means", "finite", "NaN"),
        Case("a deviation of 0", () => Ml.Transforms.TrivialAugment(pixelScale: PixelScale.Normalized([0], [0])), "PixelScale.Deviations", "above 0", "0"),
        Case("null as means", () => PixelScale.Normalized(null!, [1]), "means"),
        Case("two means for one channel", () => Augmented(new ColorJitterOptions { Shape = new(2, 2), PixelScale = PixelScale.Normalized([0, 1], [1]) }), "PixelScale", "has 2", "'Features'", "1 channels"),
        Case("three deviations for one channel", () => Augmented(new RandAugmentOptions { Shape = new(2, 2), PixelScale = PixelScale.Normalized([0], [1, 2, 3]) }), "PixelScale", "has 3", "'Features'", "1 channels"),
        Case("saturation of two channels", () => Augmented(new ColorJitterOptions { Shape = new(1, 2, 2) }), "Saturation", "2 channels", "'Features'", "0.4"),
        Case("hues of two channels", () => Augmented(new ColorJitterOptions { Shape = new(1, 2, 2), Saturation = 0 }), "Hue", "2 channels", "'Features'", "0.1"),
        Case("a policy on two channels", () => Augmented(new TrivialAugmentOptions { Shape = new(1, 2, 2) }), "TrivialAugment", "'Features'", "have 2"),
        Case("colour jitter without a shape", () => Augmented(new ColorJitterOptions()), "Shape", "'Features'", "4 numbers"),
        Case("colour jitter of text", () => Augmented(new ColorJitterOptions { ColumnName = "Name" }), "'Name'", "Vector<Single>", "Image", "String"),
        Case("colour jitter of what is not there", () => Augmented(new ColorJitterOptions { ColumnName = "Pixels" }), "image column 'Pixels'"),
        Case("colour jitter of rows of unknown length", () => Ml.Data.Augment(UnknownLength(), new ColorJitterOptions { Shape = new(1, 2) }), "'Features'", "known size", "Image"),
        Case("a shape for images", () => Photographs(new CutoutOptions { ColumnName = "Image", Shape = new(2, 2) }), "Shape", "null", "'Image'", "1 x 2 x 2"),
        Case("a pixel scale for images", () => Photographs(new ColorJitterOptions { ColumnName = "Image", PixelScale = PixelScale.Unit }), "PixelScale", "Byte", "'Image'", "Unit"),
        Case("a hole larger than an image", () => Photographs(new CutoutOptions { ColumnName = "Image", HoleSize = 6 }), "HoleSize", "from 1 to 5", "'Image'", "6"),
        Case("options of mixup", () => Ml.Transforms.Mixup((MixupOptions)null!), "options"),
        Case("Scale", () => Ml.Transforms.GaussianNoise(scale: -0.1), "Scale", "at least 0", "-0.1"),
        Case("Scale infinite", () => Ml.Transforms.GaussianNoise(scale: double.PositiveInfinity), "Scale", "at least 0", "Infinity"),
        Case("Probability of noise", () => Ml.Transforms.GaussianNoise(probability: 1.5), "Probability", "from 0 to 1", "1.5"),
        Case("ColumnName of noise", () => Ml.Transforms.GaussianNoise(" "), "ColumnName", "blank"),
        Case("SlotNames of noise", () => Ml.Transforms.GaussianNoise(slotNames: []), "SlotNames", "empty"),
        Case("a blank slot name", () => Ml.Transforms.FeatureDropout(slotNames: ["Age", ""]), "SlotNames", "blank"),
        Case("Rate of feature dropout", () => Ml.Transforms.FeatureDropout(rate: 1), "Rate", "at least 0 and below 1", "1"),
        Case("Replacement", () => Ml.Transforms.FeatureDropout(replacement: (FeatureReplacement)5), "Replacement", "Mean, Zero, Missing", "5"),
        Case("Rate of feature swap", () => Ml.Transforms.FeatureSwap(rate: double.NaN), "Rate", "at least 0 and below 1", "NaN"),
        Case("SlotNames of feature swap", () => Ml.Transforms.FeatureSwap(slotNames: [null!]), "SlotNames", "blank"),
        Case("LabelMode of unmixed labels", () => Ml.Transforms.FeatureSwap(labelMode: LabelMode.WeightedPairs), "LabelMode is WeightedPairs", "MixLabels is false"),
        Case("options of noise", () => Ml.Transforms.GaussianNoise((GaussianNoiseOptions)null!), "options"),
        Case("text of a missing column", () => Ml.Transforms.Text.RandomSwap().Fit(View(Example.Clusters(3))), "text column 'Text'"),
        Case("text of numbers", () => Ml.Transforms.Text.RandomSwap("Target").Fit(View(Example.Clusters(3))), "'Target'", "String", "Single"),
        Case("text of a vector", () => Ml.Transforms.Text.EasyDataAugmentation("Features").Fit(View(Example.Clusters(3))), "'Features'", "String", "Vector<Single"),
        Case("ColumnName of text", () => Ml.Transforms.Text.RandomDeletion(" "), "ColumnName", "blank"),
        Case("Probability of text", () => Ml.Transforms.Text.RandomSwap(probability: -0.1), "Probability", "from 0 to 1", "-0.1"),
        Case("Copies of text", () => Ml.Transforms.Text.RandomSwap(copies: -1), "Copies", "from 0 to 1000", "-1"),
        Case("Copies of text within another", () => Ml.Transforms.Sometimes(new RandomSwapOptions { Copies = 1 }), "RandomSwap within Sometimes", "no Copies"),
        Case("Rate of synonym replacement", () => Ml.Transforms.Text.SynonymReplacement(rate: 1.1), "Rate", "from 0 to 1", "1.1"),
        Case("Rate of random insertion", () => Ml.Transforms.Text.RandomInsertion(rate: -1), "Rate", "from 0 to 1", "-1"),
        Case("Rate of random swap", () => Ml.Transforms.Text.RandomSwap(rate: double.NaN), "Rate", "from 0 to 1", "NaN"),
        Case("Rate of random deletion", () => Ml.Transforms.Text.RandomDeletion(rate: 2), "Rate", "from 0 to 1", "2"),
        Case("SynonymRate", () => Ml.Transforms.Text.EasyDataAugmentation(synonymRate: 2), "SynonymRate", "from 0 to 1", "2"),
        Case("InsertionRate", () => Ml.Transforms.Text.EasyDataAugmentation(insertionRate: 2), "InsertionRate", "from 0 to 1", "2"),
        Case("SwapRate", () => Ml.Transforms.Text.EasyDataAugmentation(swapRate: 2), "SwapRate", "from 0 to 1", "2"),
        Case("DeletionRate", () => Ml.Transforms.Text.EasyDataAugmentation(deletionRate: 2), "DeletionRate", "from 0 to 1", "2"),
        Case("MaxSynonyms", () => Ml.Transforms.Text.SynonymReplacement(maxSynonyms: 0), "MaxSynonyms", "at least 1", "0"),
        Case("a null among StopWords", () => new RandomInsertionOptions { StopWords = ["a", null!] }, "word", "null"),
        Case("a blank among StopWords", () => new RandomInsertionOptions { StopWords = [" "] }, "word", "blank"),
        Case("Translator", () => Ml.Transforms.Text.BackTranslation(null!, "Sentence").Fit(View(Example.Clusters(3))), "Translator must be given"),
        Case("Translator within another", () => Ml.Transforms.Sometimes(new BackTranslationOptions { ColumnName = "Sentence" }).Fit(View(Example.Clusters(3))), "Translator must be given"),
        Case("SourceLanguage", () => Ml.Transforms.Text.BackTranslation(Echo, sourceLanguage: " "), "SourceLanguage", "blank"),
        Case("PivotLanguage", () => Ml.Transforms.Text.BackTranslation(Echo, pivotLanguage: null!), "PivotLanguage", "null"),
        Case("PivotLanguage like SourceLanguage", () => Ml.Transforms.Text.BackTranslation(Echo, pivotLanguage: "EN"), "PivotLanguage", "SourceLanguage", "'en'"),
        Case("BatchSize of translation", () => Ml.Transforms.Text.BackTranslation(Echo, batchSize: 0), "BatchSize", "at least 1", "0"),
        Case("CacheSize", () => Ml.Transforms.Text.BackTranslation(Echo, cacheSize: 0), "CacheSize", "at least 1", "0"),
        Case("Timeout", () => Ml.Transforms.Text.BackTranslation(Echo, timeout: TimeSpan.Zero), "Timeout", "above 0", "00:00:00"),
        Case("Timeout beyond a day", () => Ml.Transforms.Text.BackTranslation(Echo, timeout: TimeSpan.FromDays(2)), "Timeout", "at most one day", "2.00:00:00"),
        Case("a translator of no function", () => TextTranslator.FromDelegate((Func<string, string, string, string>)null!), "translate"),
        Case("text in a trainer", () => TrainerWith(recipe => recipe with { Augmentations = [new RandomSwapOptions()] }), "Augmentations", "RandomSwap", "before FeaturizeText"),
        Case("Fraction 0", () => Ml.Transforms.HoldOut(0), "Fraction", "above 0 and below 1", "0"),
        Case("hold out by one column twice", () => Ml.Transforms.HoldOut(stratificationColumnName: "Name", groupColumnName: "Name"), "GroupColumnName", "StratificationColumnName", "'Name'"),
        Case("a stratification of no name", () => Ml.Transforms.HoldOut(stratificationColumnName: ""), "StratificationColumnName", "blank"),
        Case("a stratification that is not wanted", () => Ml.Transforms.HoldOut(new HoldOutOptions { StratificationColumnName = "Name", Stratifies = false }), "Stratifies", "StratificationColumnName", "'Name'"),
        Case("a group of no name", () => Ml.Transforms.HoldOut(groupColumnName: " "), "GroupColumnName", "blank"),
        Case("Smoothing of all", () => Ml.Transforms.LabelSmoothing(smoothing: 1), "Smoothing", "at least 0 and below 1", "1"),
        Case("Smoothing below 0", () => Ml.Transforms.LabelSmoothing(smoothing: -0.1), "Smoothing", "at least 0 and below 1", "-0.1"),
        Case("smoothing of no column", () => Ml.Transforms.LabelSmoothing(""), "LabelColumnName", "blank"),
        Case("class weights of beta 1", () => Ml.Transforms.ClassWeights(beta: 1), "Beta", "at least 0 and below 1", "1"),
        Case("class weights of no balance", () => Ml.Transforms.ClassWeights(balance: (ClassBalance)7), "Balance", "EffectiveNumber", "7"),
        Case("class weights in no column", () => Ml.Transforms.ClassWeights(weightColumnName: ""), "WeightColumnName", "blank"),
        Case("class weights in the label", () => Ml.Transforms.ClassWeights("Flag", "Flag"), "WeightColumnName", "LabelColumnName", "'Flag'"),
        Case("effective numbers of beta 1", () => Trainer(Quick with { ClassWeights = ClassWeights.EffectiveNumber(1) }), "ClassWeights.Beta", "at least 0 and below 1", "1"),
        Case("focal loss beside LabelSmoothing in the recipe", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { Augmentations = [new LabelSmoothingOptions()] } }), "Augmentations", "LabelSmoothing", "focal loss 2"),
        Case("Fraction 1", () => Ml.Transforms.HoldOut(1), "Fraction", "above 0 and below 1", "1"),
        Case("MaxEpochs", () => Trainer(Quick with { MaxEpochs = 0 }), "MaxEpochs", "at least 1", "0"),
        Case("BatchSize", () => Trainer(Quick with { BatchSize = 0 }), "BatchSize", "at least 1", "0"),
        Case("BatchSize under batch normalization", () => Trainer(Quick with { BatchSize = 1, Architecture = NetworkArchitecture.Mlp(4) with { Normalization = Normalization.Batch } }), "BatchSize", "at least 2", "1"),
        Case("LearningRate", () => Trainer(Quick with { LearningRate = 0 }), "LearningRate", "above 0", "0"),
        Case("LearningRate infinite", () => Trainer(Quick with { LearningRate = double.PositiveInfinity }), "LearningRate", "above 0", "Infinity"),
        Case("ValidationFraction", () => Trainer(Quick with { ValidationFraction = 1 }), "ValidationFraction", "below 1", "1"),
        Case("Schedule", () => Trainer(Quick with { Schedule = null! }), "Schedule"),
        Case("WarmUpFraction", () => Trainer(Quick with { Schedule = new CosineSchedule { WarmUpFraction = 1 } }), "CosineSchedule.WarmUpFraction", "below 1", "1"),
        Case("WarmUpStartFactor", () => Trainer(Quick with { Schedule = new LinearSchedule { WarmUpStartFactor = -1 } }), "LinearSchedule.WarmUpStartFactor", "from 0 to 1", "-1"),
        Case("FinalFactor", () => Trainer(Quick with { Schedule = new CosineSchedule { FinalFactor = 2 } }), "CosineSchedule.FinalFactor", "from 0 to 1", "2"),
        Case("FlatFraction", () => Trainer(Quick with { Schedule = new FlatThenCosineSchedule { FlatFraction = 1 } }), "FlatThenCosineSchedule.FlatFraction", "below 1", "1"),
        Case("EveryEpochs", () => Trainer(Quick with { Schedule = new StepSchedule { EveryEpochs = 0 } }), "StepSchedule.EveryEpochs", "at least 1", "0"),
        Case("Factor", () => Trainer(Quick with { Schedule = new StepSchedule { Factor = 0 } }), "StepSchedule.Factor", "above 0", "0"),
        Case("FactorPerEpoch", () => Trainer(Quick with { Schedule = new ExponentialSchedule { FactorPerEpoch = 1.5 } }), "ExponentialSchedule.FactorPerEpoch", "at most 1", "1.5"),
        Case("WarmUpFraction of one cycle", () => Trainer(Quick with { Schedule = new OneCycleSchedule { WarmUpFraction = 0 } }), "OneCycleSchedule.WarmUpFraction", "above 0", "0"),
        Case("StartDivisor", () => Trainer(Quick with { Schedule = new OneCycleSchedule { StartDivisor = 0.5 } }), "OneCycleSchedule.StartDivisor", "at least 1", "0.5"),
        Case("FinalDivisor", () => Trainer(Quick with { Schedule = new OneCycleSchedule { FinalDivisor = 0 } }), "OneCycleSchedule.FinalDivisor", "at least 1", "0"),
        Case("Factor of a plateau", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { Factor = 1 } }), "ReduceOnPlateauSchedule.Factor", "below 1", "1"),
        Case("Patience of a plateau", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { Patience = 0 } }), "ReduceOnPlateauSchedule.Patience", "at least 1", "0"),
        Case("Cooldown", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { Cooldown = -1 } }), "ReduceOnPlateauSchedule.Cooldown", "at least 0", "-1"),
        Case("MinimumFactor", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { MinimumFactor = 1.5 } }), "ReduceOnPlateauSchedule.MinimumFactor", "from 0 to 1", "1.5"),
        Case("Threshold", () => Trainer(Quick with { Schedule = new ReduceOnPlateauSchedule { Threshold = 1 } }), "ReduceOnPlateauSchedule.Threshold", "below 1", "1"),
        Case("Optimizer", () => Trainer(Quick with { Optimizer = null! }), "Optimizer"),
        Case("Momentum", () => Trainer(Quick with { Optimizer = Optimizer.Sgd(momentum: 1) }), "Optimizer.Momentum", "below 1", "1"),
        Case("Momentum of RMSprop", () => Trainer(Quick with { Optimizer = Optimizer.RmsProp(momentum: -0.1) }), "Optimizer.Momentum", "at least 0", "-0.1"),
        Case("Nesterov without momentum", () => Trainer(Quick with { Optimizer = Optimizer.Sgd(nesterov: true) }), "Optimizer.Nesterov is true", "Optimizer.Momentum is 0"),
        Case("Beta1", () => Trainer(Quick with { Optimizer = Optimizer.Adam(beta1: 1) }), "Optimizer.Beta1", "below 1", "1"),
        Case("Beta2", () => Trainer(Quick with { Optimizer = Optimizer.Adam(beta2: double.NaN) }), "Optimizer.Beta2", "below 1", "NaN"),
        Case("Epsilon of Adam", () => Trainer(Quick with { Optimizer = Optimizer.Adam(epsilon: 0) }), "Optimizer.Epsilon", "from 1E-30 to 1", "0"),
        Case("Epsilon of RMSprop", () => Trainer(Quick with { Optimizer = Optimizer.RmsProp(epsilon: 2) }), "Optimizer.Epsilon", "from 1E-30 to 1", "2"),
        Case("Rho", () => Trainer(Quick with { Optimizer = Optimizer.RmsProp(rho: 1) }), "Optimizer.Rho", "below 1", "1"),
        Case("Minimum", () => FindRate(new() { Minimum = 0 }), "LearningRateRange.Minimum", "above 0", "0"),
        Case("Maximum", () => FindRate(new() { Minimum = 0.1, Maximum = 0.1 }), "LearningRateRange.Maximum", "above 0.1", "0.1"),
        Case("Steps", () => FindRate(new() { Steps = 1 }), "LearningRateRange.Steps", "at least 2", "1"),
        Case("Smoothing", () => FindRate(new() { Smoothing = 1 }), "LearningRateRange.Smoothing", "below 1", "1"),
        Case("a range whose decay flips the weights", () => FindRate(new() { Maximum = 20 }, RegularizationRecipe.SmallDataset), "LearningRateRange.Maximum * WeightDecay", "Maximum is 20", "WeightDecay 0.05"),
        Case("no rows to find a rate on", () => Trainer(Quick).FindLearningRate(null!), "data"),
        Case("text labels to find a rate on", () => Trainer(Quick with { LabelColumnName = "Name" }).FindLearningRate(View(Example.Clusters(9))), "'Name'", "Key<UInt32>"),
        Case("LabelColumnName", () => Trainer(Quick with { LabelColumnName = "" }), "LabelColumnName", "blank"),
        Case("FeatureColumnName", () => Trainer(Quick with { FeatureColumnName = "" }), "FeatureColumnName", "blank"),
        Case("neither features nor categories", () => Trainer(Quick with { FeatureColumnName = null }), "FeatureColumnName is null", "CategoricalColumnNames names no column"),
        Case("images without a column", () => Trainer(Quick with { FeatureColumnName = null, CategoricalColumnNames = ["Kind"], Architecture = NetworkArchitecture.ConvNet(4) }), "FeatureColumnName is null", "ConvNet", "reads no categories", "NetworkArchitecture.Mlp"),
        Case("texts without a column", () => Trainer(Quick with { FeatureColumnName = null, CategoricalColumnNames = ["Kind"], Architecture = NetworkArchitecture.TextTransformer() }), "FeatureColumnName is null", "TextTransformer", "reads no categories"),
        Case("features that are forgotten beside categories", () => Fit(Quick with { FeatureColumnName = "Feature", CategoricalColumnNames = ["Label"] }), "feature column 'Feature'", "CategoricalColumnNames alone, set FeatureColumnName to null"),
        Case("attacks on categories alone", () => Trainer(Quick with { FeatureColumnName = null, CategoricalColumnNames = ["Kind"], Recipe = RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) } }), "AdversarialTraining is", "CategoricalColumnNames names 'Kind'", "cannot be moved"),
        Case("noise on categories alone", () => Trainer(Quick with { FeatureColumnName = null, CategoricalColumnNames = ["Kind"], Recipe = RegularizationRecipe.None with { Augmentations = [new GaussianNoiseOptions()] } }), "Augmentations holds GaussianNoise", "FeatureColumnName is null"),
        Case("texts as categories", () => Fit(Quick with { CategoricalColumnNames = ["Name"] }), "category", "'Name'", "ml.Transforms.Conversion.MapValueToKey", "String"),
        Case("numbers as categories", () => Fit(Quick with { CategoricalColumnNames = ["Target"] }), "category", "'Target'", "ml.Transforms.Conversion.MapValueToKey", "Single"),
        Case("ExampleWeightColumnName", () => Trainer(Quick with { ExampleWeightColumnName = "" }), "ExampleWeightColumnName", "blank"),
        Case("Architecture", () => Trainer(Quick with { Architecture = null! }), "Architecture"),
        Case("HiddenSizes", () => Trainer(Quick with { Architecture = NetworkArchitecture.Mlp(8, 0) }), "HiddenSizes[1]", "from 1 to 65536", "0"),
        Case("HiddenSizes beyond memory", () => Fit(Quick with { Architecture = NetworkArchitecture.Mlp(65536, 65536) }), "HiddenSizes", "4295426048 weights", "at most 500000000"),
        Case("HiddenSizes not set", () => Trainer(Quick with { Architecture = new MlpArchitecture { HiddenSizes = default } }), "HiddenSizes"),
        Case("Activation", () => Trainer(Quick with { Architecture = NetworkArchitecture.Mlp(8) with { Activation = (Activation)9 } }), "Activation", "ReLU, GELU, SiLU, Tanh, SELU", "9"),
        Case("Normalization", () => Trainer(Quick with { Architecture = NetworkArchitecture.Mlp(8) with { Normalization = (Normalization)9 } }), "Normalization", "None, Batch, Layer", "9"),
        Case("Width", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp(0) }), "Width", "from 1 to 65536", "0"),
        Case("Width beyond memory", () => Fit(Quick with { Architecture = NetworkArchitecture.ResidualMlp(65536) }), "Width", "weights", "at most 500000000"),
        Case("Blocks", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp(blocks: 0) }), "Blocks", "from 1 to 1024", "0"),
        Case("HiddenFactor", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp(hiddenFactor: 17) }), "HiddenFactor", "from 0.0625 to 16", "17"),
        Case("Activation of a residual network", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp() with { Activation = (Activation)9 } }), "Activation", "ReLU, GELU, SiLU, Tanh", "9"),
        Case("Normalization of a residual network", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp() with { Normalization = (Normalization)9 } }), "Normalization", "None, Batch, Layer", "9"),
        Case("BatchSize of a residual network", () => Trainer(Quick with { BatchSize = 1, Architecture = NetworkArchitecture.ResidualMlp() }), "BatchSize", "at least 2", "1"),
        Case("Recipe", () => Trainer(Quick with { Recipe = null! }), "Recipe"),
        Case("WeightDecay", () => TrainerWith(recipe => recipe with { WeightDecay = -0.01 }), "WeightDecay", "at least 0", "-0.01"),
        Case("L2", () => TrainerWith(recipe => recipe with { L2 = -1 }), "L2", "at least 0", "-1"),
        Case("L1", () => TrainerWith(recipe => recipe with { L1 = double.NaN }), "L1", "at least 0", "NaN"),
        Case("MaxNorm", () => TrainerWith(recipe => recipe with { MaxNorm = 0 }), "MaxNorm", "above 0", "0"),
        Case("ConfidencePenalty", () => TrainerWith(recipe => recipe with { ConfidencePenalty = -0.1 }), "ConfidencePenalty.Weight", "at least 0", "-0.1"),
        Case("EntropyThreshold", () => TrainerWith(recipe => recipe with { ConfidencePenalty = new ConfidencePenalty(0.1) { EntropyThreshold = -1 } }), "ConfidencePenalty.EntropyThreshold", "at least 0", "-1"),
        Case("LabelSmoothing", () => TrainerWith(recipe => recipe with { LabelSmoothing = 1 }), "LabelSmoothing", "below 1", "1"),
        Case("Dropout", () => TrainerWith(recipe => recipe with { Dropout = 1.0 }), "Dropout.DropProbability", "below 1", "1"),
        Case("Dropout negative", () => TrainerWith(recipe => recipe with { Dropout = -0.5 }), "Dropout.DropProbability", "at least 0", "-0.5"),
        Case("Gaussian dropout", () => TrainerWith(recipe => recipe with { Dropout = new GaussianDropout(1) }), "Dropout.DropProbability", "below 1", "1"),
        Case("Alpha dropout", () => TrainerWith(recipe => recipe with { Dropout = new AlphaDropout(1) }), "Dropout.DropProbability", "below 1", "1"),
        Case("Alpha dropout without SELU", () => TrainerWith(recipe => recipe with { Dropout = new AlphaDropout(0.1) }), "Dropout is AlphaDropout", "0.1", "Activation is ReLU", "SELU"),
        Case("Spatial dropout", () => TrainerWith(recipe => recipe with { Dropout = new SpatialDropout(1) }), "Dropout.DropProbability", "below 1", "1"),
        Case("Spatial dropout without maps", () => TrainerWith(recipe => recipe with { Dropout = new SpatialDropout(0.1) }), "Dropout is SpatialDropout", "0.1", "Mlp(", "feature maps"),
        Case("Variational dropout of convolutions", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8), Recipe = RegularizationRecipe.None with { Dropout = new VariationalDropout() } }), "Dropout is VariationalDropout", "ConvNet(8)", "convolutions", "SpatialDropout"),
        Case("Stochastic depth of a plain convolutional network", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8), Recipe = RegularizationRecipe.None with { StochasticDepth = new() } }), "StochasticDepth", "ConvNet(8)", "no residual blocks"),
        Case("Channels", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8, 0) }), "Channels[1]", "1 to 4096", "0"),
        Case("No channels", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet() }), "Channels", "at least one block"),
        Case("HiddenSize", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8) with { HiddenSize = -1 } }), "HiddenSize", "0 to 65536", "-1"),
        Case("Pooling", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8) with { Pooling = (Pooling)9 } }), "Pooling", "Max, Average, Stride", "9"),
        Case("Depth", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResNet(18) }), "Depth", "18", "14 or 20"),
        Case("Width of a residual network for images", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResNet(width: 0) }), "Width", "1 to 1024", "0"),
        Case("Images of unknown shape", () => Fit(Quick with { Architecture = NetworkArchitecture.ConvNet(8) }), "ImageShape", "must be given", "'Features'"),
        Case("Images smaller than the poolings", () => Fit(Quick with { Architecture = NetworkArchitecture.ConvNet(8, 8), ImageShape = new ImageShape(2, 2) }), "Channels", "2 times", "at least 4 x 4", "2 x 2"),
        Case("DropConnect", () => TrainerWith(recipe => recipe with { Dropout = new DropConnect(-0.1) }), "Dropout.DropProbability", "at least 0", "-0.1"),
        Case("Inference", () => TrainerWith(recipe => recipe with { Dropout = new DropConnect(0.5) { Inference = (DropConnectInference)5 } }), "Dropout.Inference", "Mean, MomentMatched", "5"),
        Case("Rates", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { Rates = (VariationalRates)5 } }), "Dropout.Rates", "Weight, Neuron, Layer", "5"),
        Case("KlWeight", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { KlWeight = -1 } }), "Dropout.KlWeight", "at least 0", "-1"),
        Case("WarmUpEpochs", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { WarmUpEpochs = -1 } }), "Dropout.WarmUpEpochs", "at least 0", "-1"),
        Case("PruneThreshold", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { PruneThreshold = double.NaN } }), "Dropout.PruneThreshold", "at least 0", "NaN"),
        Case("InitialAlpha", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { InitialAlpha = 0 } }), "Dropout.InitialAlpha", "above 0", "0"),
        Case("SurvivalProbability", () => ResidualTrainerWith(new() { SurvivalProbability = 0 }), "StochasticDepth.SurvivalProbability", "above 0 and at most 1", "0"),
        Case("SurvivalProbability above 1", () => ResidualTrainerWith(new() { SurvivalProbability = 1.5 }), "StochasticDepth.SurvivalProbability", "at most 1", "1.5"),
        Case("Schedule of stochastic depth", () => ResidualTrainerWith(new() { Schedule = (StochasticDepthSchedule)9 }), "StochasticDepth.Schedule", "Linear, Constant", "9"),
        Case("Granularity", () => ResidualTrainerWith(new() { Granularity = (StochasticDepthGranularity)9 }), "StochasticDepth.Granularity", "Batch, Row", "9"),
        Case("Form", () => ResidualTrainerWith(new() { Form = (StochasticDepthForm)9 }), "StochasticDepth.Form", "Inverted, Original", "9"),
        Case("attacks on keys", () => Trainer(Quick with { CategoricalColumnNames = ["Kind"], Recipe = RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) } }), "AdversarialTraining is", "CategoricalColumnNames names 'Kind'", "cannot be moved"),
        Case("a name twice", () => Trainer(Quick with { CategoricalColumnNames = ["Kind", "Kind"] }), "CategoricalColumnNames names 'Kind' twice"),
        Case("stochastic depth without blocks", () => TrainerWith(recipe => recipe with { StochasticDepth = new() }), "StochasticDepth is stochastic depth 0.8", "Architecture is Mlp(4)", "no residual blocks"),
        Case("MaximumNorm", () => TrainerWith(recipe => recipe with { GradientClipping = GradientClipping.ByNorm(0) }), "GradientClipping.MaximumNorm", "above 0", "0"),
        Case("MaximumValue", () => TrainerWith(recipe => recipe with { GradientClipping = GradientClipping.ByValue(-1) }), "GradientClipping.MaximumValue", "above 0", "-1"),
        Case("MaximumRatio", () => TrainerWith(recipe => recipe with { GradientClipping = GradientClipping.Adaptive(0) }), "GradientClipping.MaximumRatio", "above 0", "0"),
        Case("Decay", () => TrainerWith(recipe => recipe with { WeightAveraging = WeightAveraging.Exponential(1) }), "WeightAveraging.Decay", "below 1", "1"),
        Case("StartFraction", () => TrainerWith(recipe => recipe with { WeightAveraging = WeightAveraging.Stochastic(1) }), "WeightAveraging.StartFraction", "below 1", "1"),
        Case("EveryEpochs of averages", () => TrainerWith(recipe => recipe with { WeightAveraging = WeightAveraging.Stochastic(everyEpochs: 0) }), "WeightAveraging.EveryEpochs", "at least 1", "0"),
        Case("Rho", () => TrainerWith(recipe => recipe with { SharpnessAware = new() { Rho = 0 } }), "SharpnessAware.Rho", "above 0", "0"),
        Case("Alpha of manifold mixup", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Alpha = 0 } }), "ManifoldMixup.Alpha", "above 0", "0"),
        Case("Layers", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Layers = [0, -1] } }), "ManifoldMixup.Layers[1]", "at least 0", "-1"),
        Case("Layers named twice", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Layers = [1, 0, 1] } }), "ManifoldMixup.Layers", "layer 1 twice"),
        Case("no Layers", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Layers = [] } }), "ManifoldMixup.Layers", "must name a layer"),
        Case("Layers that are not there", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Layers = [0, 2] } }), "ManifoldMixup.Layers", "layer 2", "Architecture Mlp(4)", "is 1"),
        Case("manifold mixup beside focal loss", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { ManifoldMixup = new() } }), "ManifoldMixup is manifold mixup 2", "Loss is focal", "hard labels"),
        Case("Epsilon", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0) }), "AdversarialTraining.Epsilon", "above 0", "0"),
        Case("Weight of attacked rows", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) with { Weight = 0 } }), "AdversarialTraining.Weight", "above 0 and at most 1", "0"),
        Case("Minimum above Maximum", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) with { Minimum = 1, Maximum = 0.5 } }), "AdversarialTraining.Minimum", "below AdversarialTraining.Maximum", "1 and 0.5"),
        Case("Maximum NaN", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) with { Maximum = double.NaN } }), "AdversarialTraining.Maximum", "finite", "NaN"),
        Case("Steps", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Pgd(0.1, steps: 0) }), "AdversarialTraining.Steps", "from 1 to 1000", "0"),
        Case("StepSize", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Pgd(0.1, stepSize: -1) }), "AdversarialTraining.StepSize", "above 0", "-1"),
        Case("Norm", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Pgd(0.1, norm: (AdversarialNorm)5) }), "AdversarialTraining.Norm", "LInfinity, L2", "5"),
        Case("Patience", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { Patience = 0 } }), "EarlyStopping.Patience", "at least 1", "0"),
        Case("MinimumImprovement", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { MinimumImprovement = -1 } }), "EarlyStopping.MinimumImprovement", "at least 0", "-1"),
        Case("Metric", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { Metric = (ValidationMetric)50 } }), "EarlyStopping.Metric", "Loss, Accuracy", "50"),

        Case("Passes", () => MonteCarlo(new() { Passes = 1 }), "Passes", "from 2 to 10000", "1"),
        Case("Passes beyond memory", () => MonteCarlo(new() { Passes = 10001 }), "Passes", "from 2 to 10000", "10001"),
        Case("FeatureColumnName of Monte-Carlo prediction", () => MonteCarlo(new() { FeatureColumnName = "" }), "FeatureColumnName", "blank"),
        Case("MeanColumnName", () => MonteCarlo(new() { MeanColumnName = null! }), "MeanColumnName", "null"),
        Case("DeviationColumnName", () => MonteCarlo(new() { DeviationColumnName = " " }), "DeviationColumnName", "blank"),
        Case("mean and deviation in one column", () => MonteCarlo(new() { MeanColumnName = "A", DeviationColumnName = "A" }), "MeanColumnName", "DeviationColumnName", "'A'"),
        Case("options of Monte-Carlo prediction", () => MonteCarlo(null!), "options"),
        Case("Monte-Carlo prediction of no network", () => Ml.Transforms.MonteCarlo(null!), "network"),
        Case("Monte-Carlo prediction without noise", () => MonteCarlo(new(), RegularizationRecipe.None with { WeightDecay = 0.1 }), "without any", "'weight decay 0.1'", "RegularizationRecipe.Dropout", "StochasticDepth"),
        Case("Monte-Carlo prediction of dropout 0", () => MonteCarlo(new(), RegularizationRecipe.None with { Dropout = new StandardDropout(0) }), "without any", "RegularizationRecipe.Dropout"),
        Case("Monte-Carlo prediction without hidden layers", () => Ml.Transforms.MonteCarlo(Fit(Quick with { Architecture = NetworkArchitecture.Mlp(), Recipe = RegularizationRecipe.None with { Dropout = 0.5 } }).GetNeuralNetwork()), "without any", "Mlp()", "at least one hidden layer"),
        Case("Monte-Carlo prediction of certain blocks", () => Ml.Transforms.MonteCarlo(Fit(Quick with { Architecture = NetworkArchitecture.ResidualMlp(4), Recipe = RegularizationRecipe.None with { StochasticDepth = new() { SurvivalProbability = 1 } } }).GetNeuralNetwork()), "without any", "StochasticDepth"),
        Case("Monte-Carlo prediction without features", () => MonteCarlo(new() { FeatureColumnName = "Pixels" }).Transform(View(Example.Clusters(3))), "feature column 'Pixels'"),
        Case("Monte-Carlo prediction of text", () => MonteCarlo(new() { FeatureColumnName = "Name" }).Transform(View(Example.Clusters(3))), "'Name'", "Vector<Single, 4>", "String"),
        Case("Monte-Carlo prediction of rows of another length", () => MonteCarlo(new()).Transform(OtherLength()), "'Features'", "Vector<Single, 4>", "Vector<Single, 2>"),

        Case("a model without a network", () => Ml.Transforms.Mixup().Fit(View(Example.Clusters(9))).GetNeuralNetwork(), "no neural network", "TrainingOnlyTransformer"),
        Case("a decay that flips the weights", () => Trainer(Quick with { LearningRate = 0.5, Recipe = RegularizationRecipe.None with { WeightDecay = 2 } }), "LearningRate", "0.5", "WeightDecay", "2", "below 1"),
        Case("a share of pairs to validate on", () => Ml.Transforms.Mixup(labelMode: LabelMode.WeightedPairs).Append(Trainer(Quick with { ValidationFraction = 0.2 })).Fit(View(Example.Clusters(30))), "ValidationFraction", "0.2", "Mixup writes rows more than once", "HoldOut"),

        // Tasks.
        Case("binary on keys", () => FitBinary(Quick), "'Label'", "Boolean", "Key<UInt32"),
        Case("binary on three probabilities", () => FitBinary(Quick with { LabelColumnName = "Soft" }), "'Soft'", "Boolean or Vector<Single, 2>", "Vector<Single, 3>"),
        Case("binary on one class", () => FitBinary(Flags, Changed(row => row.Flag = true)), "'Flag'", "all 30 training rows are of class 'True'", "two classes"),
        Case("binary of a single row", () => FitBinary(Flags, Example.Clusters(1)), "'Flag'", "all 1 training rows"),
        Case("regression on keys", () => FitRegression(Quick), "'Label'", "Single", "Key<UInt32"),
        Case("regression on equal targets", () => FitRegression(Targets, Changed(row => row.Target = 2.5f)), "'Target'", "all 30 training rows have the target 2.5", "two different"),
        Case("regression of a single row", () => FitRegression(Targets, Example.Clusters(1)), "'Target'", "all 1 training rows"),
        Case("an infinite target", () => FitRegression(Targets, Changed(row => row.Target = row.Id == 8 ? float.PositiveInfinity : row.Target)), "'Target'", "row 8", "finite", "Infinity"),
        Case("all targets missing", () => FitRegression(Targets, Changed(row => row.Target = float.NaN)), "No usable training rows", "30", "'Target'"),
        Case("class weights of another number", () => Fit(Quick with { ClassWeights = ClassWeights.Of(1, 2) }), "ClassWeights", "2 weights", "'Label'", "3 classes"),
        Case("negative class weights", () => Trainer(Quick with { ClassWeights = ClassWeights.Of(1, -2, 1) }), "ClassWeights[1]", "at least 0", "-2"),
        Case("class weights of nothing", () => Trainer(Quick with { ClassWeights = ClassWeights.Of(0, 0, 0) }), "ClassWeights", "all 0"),
        Case("class weights of the rows' classes", () => Fit(Quick with { ClassWeights = ClassWeights.Of(0, 0, 1) }, Changed(row => row.Label = (uint)(row.Id % 2))), "ClassWeights", "0 for every class", "'Label'"),
        Case("a loss of numbers for classes", () => Trainer(Quick with { Loss = LossFunction.Squared }), "Loss", "squared loss", "multiclass classification", "CrossEntropy or Focal"),
        Case("a loss of classes for numbers", () => FitRegression(Targets with { Loss = LossFunction.Focal() }), "Loss", "focal loss 2", "regression", "Squared, Absolute or Huber"),
        Case("Gamma", () => Trainer(Quick with { Loss = LossFunction.Focal(-1) }), "FocalLoss.Gamma", "at least 0", "-1"),
        Case("Delta", () => FitRegression(Targets with { Loss = LossFunction.Huber(0) }), "HuberLoss.Delta", "above 0", "0"),
        Case("focal loss of soft labels", () => Fit(Quick with { LabelColumnName = "Soft", Loss = LossFunction.Focal() }), "focal loss 2", "hard labels", "'Soft'", "Vector<Single, 3>"),
        Case("focal loss of mixed labels", () => Ml.Transforms.Mixup().Append(Trainer(Quick with { Loss = LossFunction.Focal() })).Fit(View(Example.Clusters(30))), "focal loss 2", "hard labels", "WeightedPairs"),
        Case("focal loss of smoothed labels", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.1 } }), "LabelSmoothing", "0.1", "focal loss 2"),
        Case("focal loss and confidence penalty", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { ConfidencePenalty = 0.1 } }), "ConfidencePenalty", "0.1", "focal loss 2"),
        Case("smoothed numbers", () => FitRegression(Targets with { Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.1 } }), "LabelSmoothing", "0.1", "regression"),
        Case("confidence in numbers", () => FitRegression(Targets with { Recipe = RegularizationRecipe.None with { ConfidencePenalty = 0.2 } }), "ConfidencePenalty", "0.2", "regression"),
        Case("class weights of numbers", () => FitRegression(Targets with { ClassWeights = ClassWeights.Balanced }), "ClassWeights", "balanced", "regression"),
        Case("a metric of numbers for classes", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { Metric = ValidationMetric.RSquared } }), "EarlyStopping.Metric", "RSquared", "multiclass", "Accuracy"),
        Case("a metric of two classes for three", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { Metric = ValidationMetric.AreaUnderRocCurve } }), "EarlyStopping.Metric", "AreaUnderRocCurve", "multiclass"),
        Case("a metric of classes for numbers", () => FitRegression(Targets with { Recipe = RegularizationRecipe.None with { EarlyStopping = new() { Metric = ValidationMetric.Accuracy } } }), "EarlyStopping.Metric", "Accuracy", "regression", "RSquared"),
        Case("InputScaling", () => Trainer(Quick with { InputScaling = (InputScaling)9 }), "InputScaling", "RobustSmoothClip", "9"),
        Case("TimeLimit", () => Trainer(Quick with { TimeLimit = TimeSpan.Zero }), "TimeLimit", "above 0", "00:00:00"),
        Case("GradientTolerance", () => Trainer(Quick with { GradientTolerance = -1 }), "GradientTolerance", "at least 0", "-1"),
        Case("WarmUpEpochs", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { WarmUpEpochs = -1 } }), "EarlyStopping.WarmUpEpochs", "at least 0", "-1"),
        Case("MinimumRelativeImprovement", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { MinimumRelativeImprovement = 1 } }), "EarlyStopping.MinimumRelativeImprovement", "below 1", "1"),

        Case("pairs inside a trainer", () => TrainerWith(recipe => recipe with { Augmentations = [new MixupOptions { LabelMode = LabelMode.WeightedPairs }] }), "Augmentations", "Mixup", "WeightedPairs"),
        Case("an augmentation out of range", () => TrainerWith(recipe => recipe with { Augmentations = [new MixupOptions { Alpha = -1 }] }), "Alpha", "from 0 to 1000000", "-1"),
        Case("missing values that a recipe writes and its trainer refuses", () => Trainer(Quick with { MissingValues = MissingValues.Refuse, Recipe = RegularizationRecipe.None with { Augmentations = [new SometimesOptions { Augmentation = new FeatureDropoutOptions { Replacement = FeatureReplacement.Missing } }] } }), "MissingValues is Refuse", "Sometimes", "Impute", "Mean or Zero"),
        Case("an augmentation of null", () => TrainerWith(recipe => recipe with { Augmentations = [null!] }), "Augmentations", "null"),
        Case("an augmentation of another column", () => Fit(Quick with { Recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions { FeatureColumnName = "Pixels" }] } }), "Augmentations", "Mixup", "FeatureColumnName is 'Pixels'", "'Features', 'Label'", "leave it null"),
        Case("an augmentation of a column that is not read", () => Fit(Quick with { Recipe = RegularizationRecipe.None with { Augmentations = [new GaussianNoiseOptions { ColumnName = "Soft" }] } }), "Augmentations", "GaussianNoise", "'Soft'", "'Features', 'Label'"),
        Case("mixing of weights that are not read", () => Fit(Quick with { Recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions { WeightColumnName = "Weight" }] } }), "Augmentations", "Mixup", "'Weight'"),
        Case("an augmentation of another label", () => TrainerWith(recipe => recipe with { Augmentations = [new SometimesOptions { Augmentation = new CutMixOptions { LabelColumnName = "Flag" } }] }), "Augmentations", "CutMix", "LabelColumnName is 'Flag'", "'Features', 'Label'"),
        Case("images of another column", () => TrainerWith(recipe => recipe with { Augmentations = [new CutoutOptions { ColumnName = "Pixels" }] }), "Augmentations", "Cutout", "ColumnName is 'Pixels'", "'Features', 'Label'"),
        Case("smoothing of another label", () => TrainerWith(recipe => recipe with { Augmentations = [new LabelSmoothingOptions { LabelColumnName = "Flag" }] }), "Augmentations", "LabelSmoothing", "LabelColumnName is 'Flag'"),
        Case("noise learned by other weights", () => TrainerWith(recipe => recipe with { Augmentations = [new GaussianNoiseOptions { WeightColumnName = "Weight" }] }), "Augmentations", "GaussianNoise", "WeightColumnName is 'Weight'"),
        Case("categories that the trainer does not read", () => TrainerWith(recipe => recipe with { Augmentations = [new MixupOptions { CategoricalColumnNames = ["Name"] }] }), "Augmentations", "Mixup", "CategoricalColumnNames is 'Name'", "'Features', 'Label'"),
        Case("a category twice", () => Ml.Transforms.Mixup(categoricalColumnNames: ["Name", "Name"]), "CategoricalColumnNames", "'Name' twice"),
        Case("a category of no name", () => Ml.Transforms.FeatureSwap(categoricalColumnNames: ["Name", ""]), "CategoricalColumnNames[1]", "blank"),
        Case("the features as a category", () => Ml.Transforms.Mixup(categoricalColumnNames: ["Features"]), "categories ('Features')", "'Features' is named twice"),
        Case("a category that is missing", () => FitMixup(new() { CategoricalColumnNames = ["Job"] }), "category column 'Job'"),
        Case("numbers as categories", () => FitMixup(new() { CategoricalColumnNames = ["Soft"] }), "'Soft'", "Key, String", "Vector<Single"),
        Case("weights of a swap that are missing", () => Tabular(new FeatureSwapOptions { WeightColumnName = "Mass" }), "weight column 'Mass'"),
        Case("weights of noise that are no numbers", () => Tabular(new GaussianNoiseOptions { WeightColumnName = "Name" }), "'Name'", "Single"),
        Case("focal loss beside Mixup in the recipe", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions()] } }), "Augmentations", "Mixup", "focal loss 2", "hard labels"),

        // Images: geometry and erasing.
        Case("cutout without images", () => FitImages(new CutoutOptions { ColumnName = "Pixels" }), "image column 'Pixels'"),
        Case("cutout of a number", () => FitImages(new CutoutOptions { ColumnName = "Target" }), "'Target'", "Vector<Single>"),
        Case("cutout of rows of unknown length", () => Ml.Data.Augment(UnknownLength(), new CutoutOptions()), "'Features'", "known size"),
        Case("images of another shape", () => FitImages(new CutoutOptions { Shape = new(3, 3) }), "Shape", "1 x 3 x 3", "'Features'", "4 numbers"),
        Case("images of no shape", () => FitImages(new RandomHorizontalFlipOptions()), "Shape must be given", "'Features'", "4 numbers"),
        Case("Shape.Height", () => Ml.Transforms.RandomHorizontalFlip(shape: new(0, 2)), "Shape.Height", "at least 1", "0"),
        Case("Shape.Width", () => Ml.Transforms.RandomHorizontalFlip(shape: new(2, -1)), "Shape.Width", "at least 1", "-1"),
        Case("Shape.Channels", () => Ml.Transforms.RandomHorizontalFlip(shape: new(2, 2, 0)), "Shape.Channels", "at least 1", "0"),
        Case("Shape.Order", () => Ml.Transforms.RandomHorizontalFlip(shape: new(2, 2, 1, (ChannelOrder)5)), "Shape.Order", "ChannelsFirst, ChannelsLast", "5"),
        Case("an image of another length", () => Ml.Data.Augment(View(Changed(row => row.Features = row.Id == 6 ? [1, 2] : row.Features)), new RandomVerticalFlipOptions { Shape = new(2, 2), Probability = 1 }).Read(), "'Features'", "2 numbers instead of 4"),
        Case("HoleSize", () => Ml.Transforms.Cutout(holeSize: 0), "HoleSize", "at least 1", "0"),
        Case("HoleSize of small images", () => FitImages(new CutoutOptions { HoleSize = 5, Shape = new(1, 4) }), "HoleSize", "from 1 to 4", "longer side", "'Features'", "it is 5"),
        Case("Holes", () => Ml.Transforms.Cutout(holes: 0), "Holes", "from 1 to 1000", "0"),
        Case("Fill of cutout", () => Ml.Transforms.Cutout(fill: double.NaN), "Fill", "finite", "NaN"),
        Case("Probability of cutout", () => Ml.Transforms.Cutout(probability: 1.5), "Probability", "from 0 to 1", "1.5"),
        Case("ColumnName of cutout", () => Ml.Transforms.Cutout(""), "ColumnName", "blank"),
        Case("options of cutout", () => Ml.Transforms.Cutout((CutoutOptions)null!), "options"),
        Case("Padding", () => Ml.Transforms.RandomCrop(padding: -1), "Padding", "at least 0", "-1"),
        Case("Padding of small images", () => FitImages(new RandomCropOptions { Padding = 2, PaddingMode = PaddingMode.Reflect, Shape = new(2, 2) }), "Padding", "below 2", "shorter side", "'Features'", "Reflect", "it is 2"),
        Case("PaddingMode", () => Ml.Transforms.RandomCrop(paddingMode: (PaddingMode)4), "PaddingMode", "Zero, Reflect, Edge", "4"),
        Case("Fill of a crop", () => Ml.Transforms.RandomCrop(fill: double.PositiveInfinity), "Fill", "finite"),
        Case("Probability of a crop", () => Ml.Transforms.RandomCrop(probability: -0.1), "Probability", "from 0 to 1", "-0.1"),
        Case("Probability of a horizontal flip", () => Ml.Transforms.RandomHorizontalFlip(probability: 2), "Probability", "from 0 to 1", "2"),
        Case("Probability of a vertical flip", () => Ml.Transforms.RandomVerticalFlip(probability: double.NaN), "Probability", "from 0 to 1", "NaN"),
        Case("MaxDegrees", () => Ml.Transforms.RandomRotation(maxDegrees: 181), "MaxDegrees", "from 0 to 180", "181"),
        Case("MaxDegrees below 0", () => Ml.Transforms.RandomRotation(maxDegrees: -15), "MaxDegrees", "from 0 to 180", "-15"),
        Case("Fill of a rotation", () => Ml.Transforms.RandomRotation(fill: double.NegativeInfinity), "Fill", "finite"),
        Case("MinScale of a part", () => Ml.Transforms.RandomResizedCrop(minScale: 0), "MinScale", "above 0 and at most 1", "0"),
        Case("MaxScale of a part", () => Ml.Transforms.RandomResizedCrop(minScale: 0.5, maxScale: 0.4), "MaxScale", "from 0.5 to 1", "0.4"),
        Case("MinRatio of a part", () => Ml.Transforms.RandomResizedCrop(minRatio: 0), "MinRatio", "above 0", "0"),
        Case("MaxRatio of a part", () => Ml.Transforms.RandomResizedCrop(maxRatio: 0.5), "MaxRatio", "at least 0.75", "0.5"),
        Case("MinScale of erasing", () => Ml.Transforms.RandomErasing(minScale: 1.1), "MinScale", "above 0 and at most 1", "1.1"),
        Case("MaxScale of erasing", () => Ml.Transforms.RandomErasing(maxScale: 1.5), "MaxScale", "from 0.02 to 1", "1.5"),
        Case("MinRatio of erasing", () => Ml.Transforms.RandomErasing(minRatio: double.NaN), "MinRatio", "above 0", "NaN"),
        Case("MaxRatio of erasing", () => Ml.Transforms.RandomErasing(maxRatio: 0.2), "MaxRatio", "at least 0.3", "0.2"),
        Case("FillMode", () => Ml.Transforms.RandomErasing(fillMode: (ErasingFill)3), "FillMode", "Constant, Mean, Noise", "3"),
        Case("Fill of erasing", () => Ml.Transforms.RandomErasing(fill: double.NaN), "Fill", "finite", "NaN"),
        Case("NoiseMean", () => Ml.Transforms.RandomErasing(noiseMean: double.NaN), "NoiseMean", "finite", "NaN"),
        Case("NoiseDeviation", () => Ml.Transforms.RandomErasing(noiseDeviation: -1), "NoiseDeviation", "at least 0", "-1"),

        // Model files.
        Case("a model whose weights were altered", () => LoadAltered("weights.safetensors", bytes => bytes[^3] ^= 1), "weights.safetensors", "altered"),
        Case("a model whose weights were cut short", () => LoadAltered("weights.safetensors", bytes => bytes[..^4]), "weights.safetensors", "cut short"),
        Case("a model whose description was cut short", () => LoadAltered("network.json", bytes => bytes[..^20]), "network.json", "cut short"),
        Case("a model whose description was altered", () => LoadAltered("network.json", bytes => Replace(bytes, "\"ReLU\"", "\"Tanh\"")), "network.json", "altered"),
        Case("a description that is no JSON", () => LoadRewritten("network.json", bytes => bytes[..^20]), "network.json", "damaged"),
        Case("a model of an unknown network", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"Mlp\"", "\"Xyz\"")), "network.json", "newer version"),
        Case("a model of another size than its weights", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"numbers\": 4", "\"numbers\": 5")), "scaling.center", "(4)", "(5)"),
        Case("a model without an architecture", () => LoadRewritten("network.json", bytes => WithNull(bytes, "architecture")), "network.json", "damaged"),
        Case("a model without a history", () => LoadRewritten("network.json", bytes => WithNull(bytes, "history")), "network.json", "damaged"),
        Case("a model whose noise is out of range", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"weightDecay\": 0,", "\"weightDecay\": 0, \"dropout\": {\"kind\":\"standard\",\"dropProbability\":1.5},")), "DropProbability", "below 1", "1.5"),
        Case("a transform of no kind", () => LoadAltered("Model.key", bytes => ReplaceWide(bytes, "\"transform\"", "\"transfarm\""), SavedMixup()), "training-only transform", "damaged"),
        Case("Monte-Carlo prediction of other options", () => LoadAltered("Model.key", bytes => ReplaceWide(bytes, "\"passes\"", "\"passas\""), SavedMonteCarlo()), "Monte-Carlo prediction", "damaged"),
        Case("Monte-Carlo prediction of altered weights", () => LoadAltered("weights.safetensors", bytes => { bytes[^3] ^= 1; return bytes; }, SavedMonteCarlo()), "weights.safetensors", "altered"),
        Case("a model without weights", () => LoadAltered("weights.safetensors", _ => null), "weights.safetensors", "lacks"),
        Case("a model without a description", () => LoadAltered("network.json", _ => null), "network.json", "lacks"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments)
    {
        _ = name;
        var error = Assert.Throws<Exception>(action);
        Assert.IsTrue(error is ArgumentException or InvalidOperationException or FormatException, error.ToString());
        Assert.IsTrue(error.Data.Contains("ML_IsMarked"), $"ML.NET's own kind of exception: {error}");

        // ML.NET wraps what goes wrong while a model is loaded.
        var message = new StringBuilder();
        for (var cause = error; cause is not null; cause = cause.InnerException)
            message.AppendLine(cause.Message);
        foreach (var fragment in fragments)
            Assert.Contains(fragment, message.ToString());
    }

    [TestMethod]
    public void A_model_file_cut_short_anywhere_is_refused()
    {
        var file = SavedModel();
        for (var length = 0; length < file.Length; length += Math.Max(1, file.Length / 40))
        {
            using var stream = new MemoryStream(file[..length]);
            Assert.Throws<Exception>(() => new MLContext().Model.Load(stream, out _), $"{length} of {file.Length} bytes");
        }
    }

    private static object[] Case(string name, Func<object> action, params string[] fragments) => [name, (Action)(() => action()), fragments];

    private static object FitImages(ImageAugmentationOptions options) => Ml.Data.Augment(View(Example.Clusters(30)), options);

    private static object FitMixup(MixupOptions options) => Ml.Transforms.Mixup(options).Fit(View(Example.Clusters(30)));

    private static TrainingOnlyTransformer Tabular(AugmentationOptions options) => new TrainingOnlyEstimator(Ml, options).Fit(View(Example.Clusters(30)));

    private static TrainingOnlyTransformer Slots(AugmentationOptions options)
    {
        var named = Ml.Transforms.Concatenate("Four", "Weight", "Target").Append(Ml.Transforms.Concatenate("Slots", "Weight", "Target", "Four"))
            .Fit(View(Example.Clusters(30))).Transform(View(Example.Clusters(30)));
        return new TrainingOnlyEstimator(Ml, options switch
        {
            FeatureSwapOptions swap => swap with { FeatureColumnName = "Slots" },
            TabularAugmentationOptions tabular => tabular with { ColumnName = "Slots" },
            _ => options,
        }).Fit(named);
    }

    private static List<ReadRow> Noisy(List<Example> rows) => Ml.Data.Augment(View(rows), new GaussianNoiseOptions()).Read();

    private static NeuralNetworkMulticlassTrainer Trainer(NeuralNetworkOptions options) => Ml.MulticlassClassification.Trainers.NeuralNetwork(options);

    private static NeuralNetworkMulticlassTrainer TrainerWith(Func<RegularizationRecipe, RegularizationRecipe> change) =>
        Trainer(Quick with { Recipe = change(RegularizationRecipe.None) });

    private static ITransformer FitBinary(NeuralNetworkOptions options, List<Example>? rows = null) =>
        Ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(View(rows ?? Example.Clusters(30)));

    private static ITransformer FitRegression(NeuralNetworkOptions options, List<Example>? rows = null) =>
        Ml.Regression.Trainers.NeuralNetwork(options).Fit(View(rows ?? Example.Clusters(30)));

    private static LearningRateCurve FindRate(LearningRateRange range, RegularizationRecipe? recipe = null) =>
        Trainer(Quick with { Recipe = recipe ?? RegularizationRecipe.None }).FindLearningRate(View(Example.Clusters(30)), range);

    private static NeuralNetworkMulticlassTrainer ResidualTrainerWith(StochasticDepth depth) =>
        Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp(4, 2), Recipe = RegularizationRecipe.None with { StochasticDepth = depth } });

    private static MonteCarloTransformer MonteCarlo(MonteCarloOptions options, RegularizationRecipe? recipe = null) => Ml.Transforms.MonteCarlo(
        Fit(Quick with { Recipe = recipe ?? RegularizationRecipe.None with { Dropout = 0.5 } }).GetNeuralNetwork(), options);

    private static byte[] SavedMonteCarlo()
    {
        using var file = new MemoryStream();
        Ml.Model.Save(MonteCarlo(new()), View(Example.Clusters(30)).Schema, file);
        return file.ToArray();
    }

    private static ITransformer Fit(NeuralNetworkOptions options, List<Example>? rows = null) => Trainer(options).Fit(View(rows ?? Example.Clusters(30)));

    private static List<ReadRow> Mixed(List<Example> rows, string label = "Label") =>
        Ml.Data.Augment(View(rows), new MixupOptions { Alpha = 1, LabelColumnName = label }).Read(label);

    private static object InGerman(Func<object> action)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static ITransformer FitOnNames(List<Example> training, List<Example> validation) =>
        Trainer(Quick with { LabelColumnName = "Key" }).Fit(KeysOfNames(training), KeysOfNames(validation));

    private static IDataView KeysOfNames(List<Example> rows) => Ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(View(rows)).Transform(View(rows));

    private static IDataView View(List<Example> rows) => Ml.Data.LoadFromEnumerable(rows);

    private static List<Example> Changed(Action<Example> change)
    {
        var rows = Example.Clusters(30);
        rows.ForEach(change);
        return rows;
    }

    private static List<ReadRow> Augmented(AugmentationOptions options) => Ml.Data.Augment(View(Example.Clusters(3)), options).Read();

    // Images of unknown size, of which the second is smaller.
    private static int Photographs(AugmentationOptions options)
    {
        var rows = new[] { 6, 5 }.Select(side => new Photograph { Image = MLImage.CreateFromPixels(side, side, MLPixelFormat.Rgba32, new byte[side * side * 4]) });
        return Ml.Data.Augment(Ml.Data.LoadFromEnumerable(rows.ToList()), options).GetColumn<MLImage>("Image").Count();
    }

    private static IDataView UnknownLength() => Ml.Data.LoadFromEnumerable(new[] { new Ragged { Features = [1, 2], Label = 1 } });

    private static IDataView OtherLength() => Ml.Data.LoadFromEnumerable(Enumerable.Range(0, 9).Select(i => new Short { Features = [i, 2], Label = (uint)i % 3 }));

    private static byte[] SavedModel()
    {
        var view = View(Example.Clusters(30));
        using var file = new MemoryStream();
        Ml.Model.Save(Trainer(Quick).Fit(view), view.Schema, file);
        return file.ToArray();
    }

    private static object LoadAltered(string entryName, Action<byte[]> change) => LoadAltered(entryName, bytes =>
    {
        change(bytes);
        return bytes;
    });

    private static byte[] SavedMixup()
    {
        var view = View(Example.Clusters(30));
        using var file = new MemoryStream();
        Ml.Model.Save(Ml.Transforms.Mixup().Fit(view), view.Schema, file);
        return file.ToArray();
    }

    /// <summary>Loads a model of which one stream is not as it was saved.</summary>
    private static object LoadAltered(string entryName, Func<byte[], byte[]?> change, byte[]? model = null)
    {
        using var file = new MemoryStream();
        file.Write(model ?? SavedModel());
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
            Change(zip, entryName, change);

        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    /// <summary>The same, with a checksum that fits: as another program would have written it.</summary>
    private static object LoadRewritten(string entryName, Func<byte[], byte[]> change)
    {
        using var file = new MemoryStream();
        file.Write(SavedModel());
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var (before, after) = ("", "");
            var folder = Change(zip, entryName, bytes =>
            {
                var changed = change(bytes);
                (before, after) = (Convert.ToHexString(SHA256.HashData(bytes)), Convert.ToHexString(SHA256.HashData(changed)));
                return changed;
            });
            Change(zip, folder + "Model.key", bytes => ReplaceWide(bytes, before, after));
        }

        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    /// <summary>Changes the one entry whose path ends so, or removes it, and returns its folder.</summary>
    private static string Change(ZipArchive zip, string entryName, Func<byte[], byte[]?> change)
    {
        var entry = zip.Entries.Single(candidate => candidate.FullName.EndsWith(entryName, StringComparison.Ordinal));
        var path = entry.FullName;
        using var content = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(content);
        entry.Delete();
        if (change(content.ToArray()) is { } changed)
        {
            using var stream = zip.CreateEntry(path).Open();
            stream.Write(changed);
        }

        return path[..^Path.GetFileName(path.Replace('\\', '/')).Length];
    }

    private static byte[] WithNull(byte[] json, string member)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        Assert.IsNotNull(document[member]);
        document[member] = null;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    // ML.NET keeps its strings in UTF-16.
    private static byte[] ReplaceWide(byte[] file, string old, string replacement)
    {
        var before = Encoding.Latin1.GetString(file);
        var (from, to) = (Wide(old), Wide(replacement));
        Assert.Contains(from, before);
        return Encoding.Latin1.GetBytes(before.Replace(from, to, StringComparison.Ordinal));

        static string Wide(string text) => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text));
    }

    private static byte[] Replace(byte[] text, string old, string replacement)
    {
        var before = Encoding.UTF8.GetString(text);
        Assert.Contains(old, before);
        return Encoding.UTF8.GetBytes(before.Replace(old, replacement, StringComparison.Ordinal));
    }

    private sealed class Photograph
    {
        [UnsizedImage]
        public MLImage? Image { get; set; }
    }

    private sealed class Ragged
    {
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class Short
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }
    }
}
