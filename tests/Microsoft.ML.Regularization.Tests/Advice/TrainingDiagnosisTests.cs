using System.Globalization;

namespace Microsoft.ML.Regularization.Tests.Advice;

/// <summary>Planted faults are named. Many more are planted by <c>-- faults</c> of the benchmarks: see docs/advice.md.</summary>
[TestClass]
public sealed class TrainingDiagnosisTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly DiagnosisRow[] _training = DiagnosisRow.Make(1);
    private readonly DiagnosisRow[] _validation = DiagnosisRow.Make(2);

    [TestMethod]
    public void A_sound_model_has_no_finding()
    {
        var diagnosis = Diagnose(DiagnosisRow.Options with { Architecture = NetworkArchitecture.Mlp(64, 64), MaxEpochs = null });
        Assert.IsEmpty(diagnosis.Findings, diagnosis.ToString());
        StringAssert.Contains(diagnosis.ToString(), "Nothing was found");
    }

    [TestMethod]
    public void Shared_rows_are_counted()
    {
        for (var i = 0; i < 40; i++)
            _validation[i] = _training[i];
        StringAssert.Contains(Find(TrainingFault.SharedRows).Evidence, "40 of 400 validation rows");
    }

    [TestMethod]
    public void A_column_that_gives_the_label_away_is_named()
    {
        foreach (var row in _training.Concat(_validation))
            row.Extra = row.Label ? 1 : 0;
        StringAssert.Contains(Find(TrainingFault.LeakingColumn).Evidence, "Extra 100.0%");
    }

    [TestMethod]
    public void Empty_columns_are_named()
    {
        foreach (var row in _validation)
            row.Extra = float.NaN;
        StringAssert.Contains(Find(TrainingFault.ShiftedColumn).Evidence, "Extra");
        foreach (var row in _training)
            row.Extra = 1;
        StringAssert.Contains(Find(TrainingFault.ConstantColumn, () => Array.ForEach(_validation, row => row.Extra = 1)).Evidence, "Extra");
    }

    [TestMethod]
    public void Shuffled_labels_tell_nothing()
    {
        var random = new Random(5);
        foreach (var rows in new[] { _training, _validation })
        {
            bool[] labels = [.. rows.Select(row => row.Label)];
            random.Shuffle(labels);
            foreach (var (row, label) in rows.Zip(labels))
                row.Label = label;
        }

        Assert.AreEqual(FindingSeverity.Error, Find(TrainingFault.NoSignal).Severity);
    }

    [TestMethod]
    public void Wrong_labels_are_seen_among_the_surest_rows()
    {
        var random = new Random(3);
        foreach (var row in _training.Concat(_validation).Where(_ => random.NextDouble() < 0.25))
            row.Label = !row.Label;
        Assert.AreEqual(0.1, Find(TrainingFault.NoisyLabels).Apply(DiagnosisRow.Options).Recipe!.LabelSmoothing);
    }

    [TestMethod]
    public void A_rate_that_is_off_is_told_from_a_short_run()
    {
        var slow = Find(TrainingFault.RateTooLow, options: DiagnosisRow.Options with { LearningRate = 1e-6 });
        Assert.AreEqual("options with { LearningRate = 0.001 }", slow.Code(DiagnosisRow.Options));
        Find(TrainingFault.RateTooHigh, options: DiagnosisRow.Options with { LearningRate = 1 });
        var cut = Find(TrainingFault.TooShort, options: DiagnosisRow.Options with { MaxEpochs = 2 });
        Assert.AreEqual(100, cut.Apply(DiagnosisRow.Options).MaxEpochs);
    }

    [TestMethod]
    public void Too_much_regularization_is_told_from_too_small_a_network()
    {
        Find(TrainingFault.TooHeavy, options: DiagnosisRow.Options with { Recipe = RegularizationRecipe.SmallDataset with { Dropout = 0.9, WeightDecay = 20, LabelSmoothing = 0.3 } });
        Find(TrainingFault.TooSmall, options: DiagnosisRow.Options with { Architecture = NetworkArchitecture.Mlp(1) });
    }

    [TestMethod]
    public void Dead_units_are_those_that_are_0_in_all_rows()
    {
        foreach (var row in _training.Concat(_validation))
            (row.X, row.Y, row.Extra) = (row.X + 1000, row.Y + 1000, row.Extra + 1000);
        var options = DiagnosisRow.Options with { InputScaling = InputScaling.None };
        var rows = _ml.Data.LoadFromEnumerable(_training);
        var network = DiagnosisRow.Fit(_ml, rows, options).GetNeuralNetwork();
        float[] inputs = [.. _training.SelectMany(row => new[] { row.X, row.Y, row.Extra })];

        var dead = DeadUnitShare.Of(network, inputs)!;

        // By hand: W x + b of the only hidden layer.
        var weight = network.Weights.Single(tensor => tensor.Name == "hidden.0.linear.weight").Values.ToArray();
        var bias = network.Weights.Single(tensor => tensor.Name == "hidden.0.linear.bias").Values.ToArray();
        var expected = Enumerable.Range(0, 32).Count(unit => _training.All(row => weight[3 * unit] * row.X + weight[3 * unit + 1] * row.Y + weight[3 * unit + 2] * row.Extra + bias[unit] <= 0));
        Assert.IsGreaterThan(0, expected);
        Assert.AreEqual(new DeadUnitShare(expected, 32), dead);
    }

    [TestMethod]
    public void Calibration_is_judged_by_rows_that_a_temperature_was_not_fitted_on()
    {
        var smoothed = DiagnosisRow.Options with { Recipe = RegularizationRecipe.SmallDataset with { LabelSmoothing = 0.7 }, Calibration = Calibration.None };
        StringAssert.Contains(Find(TrainingFault.Miscalibrated, options: smoothed).Evidence, "unsure");

        // Labels that are drawn with the probabilities themselves need no temperature.
        var random = new Random(1);
        float[] probabilities = [.. Enumerable.Range(0, 4000).Select(_ => random.NextSingle())];
        float[] labels = [.. probabilities.Select(probability => random.NextSingle() < probability ? 1f : 0)];
        var honest = new ScoredRows(["false", "true"], labels, [.. probabilities.SelectMany(probability => new[] { 1 - probability, probability })], 0) { IsBinary = true };
        var gain = TemperatureGain.Of(honest);
        Assert.AreEqual(1, gain.Temperature, 0.1);
        Assert.IsFalse(gain.Gain.IsAbove(0, 2));

        // Logits that are twice as large need a temperature of 2.
        var sure = honest with { Predictions = [.. probabilities.SelectMany(p => new[] { (1 - p) * (1 - p) / ((1 - p) * (1 - p) + p * p), p * p / ((1 - p) * (1 - p) + p * p) })] };
        Assert.AreEqual(2, TemperatureGain.Of(sure).Temperature, 0.2);
        Assert.IsTrue(TemperatureGain.Of(sure).Gain.IsAbove(0, 4));
    }

    [TestMethod]
    public void A_signal_is_the_area_under_the_curve()
    {
        var random = new Random(1);
        float[] labels = [.. Enumerable.Range(0, 300).Select(_ => random.NextSingle() < 0.3f ? 1f : 0)];
        float[] scores = [.. labels.Select(label => (float)Math.Round(0.5 * random.NextDouble() + 0.2 * label, 2))];
        var rows = new ScoredRows(["false", "true"], labels, [.. scores.SelectMany(score => new[] { 1 - score, score })], 0) { IsBinary = true };

        var pairs = from i in Enumerable.Range(0, 300) where labels[i] == 1 from j in Enumerable.Range(0, 300) where labels[j] == 0 select scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0;
        Assert.AreEqual(pairs.Average(), Signal.Of(new MeasuredRows(rows)).Concordance, 1e-9);
        var numbers = new ScoredRows([], [1, 2, 3, 4], [1, 3, 2, 4], 0);
        Assert.AreEqual(5 / 6.0, Signal.Of(new MeasuredRows(numbers)).Concordance, 1e-9);
    }

    /// <summary>Of a single row nothing follows about others.</summary>
    [TestMethod]
    public void One_validation_row_proves_nothing()
    {
        var rows = _ml.Data.LoadFromEnumerable(_training);
        var model = DiagnosisRow.Fit(_ml, rows, DiagnosisRow.Options with { LearningRate = 1e-6, MaxEpochs = 20 });
        var diagnosis = _ml.Regularization().Diagnose(model, new() { TrainingRows = rows, ValidationRows = _ml.Data.LoadFromEnumerable(_validation[..1]) });
        Assert.IsFalse(diagnosis.ToString().Contains("perceptron", StringComparison.Ordinal), diagnosis.ToString());
    }

    [TestMethod]
    public void The_history_alone_tells_of_a_rate()
    {
        var model = DiagnosisRow.Fit(_ml, _ml.Data.LoadFromEnumerable(_training), DiagnosisRow.Options with { LearningRate = 1e-6, MaxEpochs = 20 });
        var diagnosis = _ml.Regularization().Diagnose(model);
        Assert.AreEqual(TrainingFault.RateTooLow, diagnosis.Findings[0].Fault);
        StringAssert.Contains(diagnosis.ToString(), "most faults cannot be seen");
    }

    [TestMethod]
    public void A_change_is_proven_by_training_with_and_without()
    {
        var diagnosis = Diagnose(DiagnosisRow.Options with { LearningRate = 1e-6 });
        var rows = _ml.Data.LoadFromEnumerable(_training);
        var finding = diagnosis.Findings.First(finding => finding.Fault == TrainingFault.RateTooLow);

        var proof = diagnosis.Prove(finding, rows, new ProofOptions { Splits = 3 });

        Assert.IsTrue(proof.Helps, proof.ToString());
        Assert.HasCount(3, proof.Without);

        // The first split by hand.
        var ml = new MLContext(seed: 1);
        var split = ml.Data.TrainTestSplit(rows, 0.25, seed: 1);
        double[] differences = [.. proof.Without.Zip(proof.With, (without, with) => with - without)];
        Assert.AreEqual(differences.Average(), proof.Difference, 1e-12);
        var mean = differences.Average();
        Assert.AreEqual(Math.Sqrt(differences.Sum(difference => (difference - mean) * (difference - mean)) / 2 / 3), proof.StandardError, 1e-12);
        Assert.AreEqual(0.69, proof.Without.Average(), 0.1);
        Assert.IsGreaterThan(100, ml.Data.CreateEnumerable<DiagnosisRow>(split.TrainSet, reuseRowObject: false).Count());
    }

    [TestMethod]
    public void What_cannot_be_diagnosed_is_an_error()
    {
        var rows = _ml.Data.LoadFromEnumerable(_training);
        var model = DiagnosisRow.Fit(_ml, rows, DiagnosisRow.Options with { MaxEpochs = 2 });
        AssertRefused("no neural network", _ml.Transforms.CopyColumns("Copy", "X").Fit(rows), new());
        AssertRefused("no neural network", _ml.Transforms.Concatenate("Features", "X").Append(_ml.BinaryClassification.Trainers.SdcaLogisticRegression()).Fit(rows), new());
        AssertRefused("no column 'Answer'", model, new() { TrainingRows = rows, LabelColumnName = "Answer" });
        AssertRefused("X", model, new() { TrainingRows = _ml.Transforms.DropColumns("X").Fit(rows).Transform(rows) });
        AssertRefused("no row with a label", model, new() { ValidationRows = _ml.Data.LoadFromEnumerable<DiagnosisRow>([]) });
        AssertRefused("X", model, new() { TrainingRows = rows, ValidationRows = _ml.Transforms.DropColumns("X").Fit(rows).Transform(rows) });
        AssertRefused("no column 'Label' behind the model", model, new() { TrainingRows = _ml.Transforms.DropColumns("Label").Fit(rows).Transform(rows) });
        var oneClass = _ml.Data.LoadFromEnumerable(_training.Where(row => !row.Label));
        AssertRefused("of class 'False'", model, new() { TrainingRows = oneClass, ValidationRows = rows });
        Assert.IsNotNull(_ml.Regularization().Diagnose(model, new() { TrainingRows = oneClass, ValidationRows = rows, UsesReference = false }).Findings);
        var number = _ml.Transforms.Conversion.ConvertType("Label").Append(_ml.Transforms.Concatenate("Features", "X", "Y")).Append(_ml.Regression.Trainers.NeuralNetwork(DiagnosisRow.Options with { MaxEpochs = 2 })).Fit(rows);
        var nameless = _ml.Data.LoadFromEnumerable(_training.Select(row => new { row.X, row.Y, Label = float.NaN }).ToList());
        AssertRefused("ValidationRows have no row with a label and a prediction: 400 lack one", number, new() { ValidationRows = nameless });
        AssertRefused("MostRows", model, new() { MostRows = 10 });
        var diagnosis = _ml.Regularization().Diagnose(model, new() { TrainingRows = rows });
        var shared = new DiagnosisFinding { Fault = TrainingFault.SharedRows, Severity = FindingSeverity.Error, Evidence = "", Change = "Split anew" };
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => diagnosis.Prove(shared, rows)).Message, "mended in the rows");
        Assert.Throws<InvalidOperationException>(() => shared.Apply(new()));
        Assert.IsNull(shared.Code(new()));
        var finding = shared with { Options = options => options };
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => diagnosis.Prove(finding, rows, new() { Splits = 1 })).Message, "Splits");
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => diagnosis.Prove(finding, rows, new() { CancellationToken = cancelled }));
        Assert.Throws<OperationCanceledException>(() => _ml.Regularization().Diagnose(model, new() { TrainingRows = rows, CancellationToken = cancelled }));
    }

    [TestMethod]
    public void The_text_is_the_same_in_every_culture()
    {
        var model = DiagnosisRow.Fit(_ml, _ml.Data.LoadFromEnumerable(_training), DiagnosisRow.Options with { LearningRate = 1e-6, MaxEpochs = 5 });
        var options = new DiagnosisOptions { ValidationRows = _ml.Data.LoadFromEnumerable(_validation) };
        var text = _ml.Regularization().Diagnose(model, options).ToString();
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.AreEqual(text, _ml.Regularization().Diagnose(model, options).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private DiagnosisFinding Find(TrainingFault fault, Action? before = null, NeuralNetworkOptions? options = null)
    {
        before?.Invoke();
        var diagnosis = Diagnose(options);
        return diagnosis.Findings.FirstOrDefault(finding => finding.Fault == fault) ?? throw new AssertFailedException($"{fault} is not named: {diagnosis}");
    }

    private TrainingDiagnosis Diagnose(NeuralNetworkOptions? options = null)
    {
        var (training, validation) = (_ml.Data.LoadFromEnumerable(_training), _ml.Data.LoadFromEnumerable(_validation));
        return _ml.Regularization().Diagnose(DiagnosisRow.Fit(_ml, training, options), new() { TrainingRows = training, ValidationRows = validation });
    }

    private void AssertRefused(string message, ITransformer model, DiagnosisOptions options) =>
        StringAssert.Contains(Assert.Throws<Exception>(() => _ml.Regularization().Diagnose(model, options)).Message, message);
}
