using System.Text;
using Microsoft.ML.Regularization.Advice;
using Microsoft.ML.Runtime;
using static System.FormattableString;

namespace Microsoft.ML.Regularization;

/// <summary>What is wrong with a model or its rows, with the figures that say so and the change that promises most: see <see cref="RegularizationCatalog.Diagnose"/>.</summary>
public sealed class TrainingDiagnosis
{
    private readonly IHost _host;
    private readonly MLContext _ml;
    private readonly ModelParts _parts;
    private readonly RunEvidence _run;
    private readonly DiagnosisOptions _options;

    internal TrainingDiagnosis(IHost host, MLContext ml, ModelParts parts, RunEvidence run, DiagnosisOptions options, ValueList<DiagnosisFinding> findings) =>
        (_host, _ml, _parts, _run, _options, Findings) = (host, ml, parts, run, options, findings);

    /// <summary>What is wrong, the worst first; empty where nothing was found.</summary>
    public ValueList<DiagnosisFinding> Findings { get; }

    /// <summary>The options of one network that is trained as the model's was, as far as the model tells; of several networks those of the first.</summary>
    public NeuralNetworkOptions Trainer => _parts.TrainerOptions(_options.LabelColumnName);

    /// <summary>
    /// Trains with and without a change, on several splits of the rows with seeds of their own, and compares: does it help? What is before the network stays as it was fitted; augmentations of the pipeline take
    /// no part, those of the recipe do.
    /// </summary>
    /// <param name="finding">Whose change is tried; one of <see cref="Findings"/>.</param>
    /// <param name="data">Labelled rows, as the pipeline takes them.</param>
    /// <param name="options">How often, and by which options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The finding's change is none of the trainer's options, or the rows are not those of the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <example><code>
    /// var proof = diagnosis.Prove(diagnosis.Findings[0], rows);
    /// Console.WriteLine(proof);
    /// </code></example>
    public ChangeProof Prove(DiagnosisFinding finding, IDataView data, ProofOptions? options = null)
    {
        _host.CheckValue(finding, nameof(finding));
        _host.CheckValue(data, nameof(data));
        options ??= new ProofOptions();
        options.Validate(_host);
        if (!finding.IsOfOptions)
            throw _host.ExceptUserArg(nameof(finding), $"{finding.Fault} is mended in the rows, not by the trainer's options: there is nothing to train with and without.");
        return ChangeTrial.Of(_host, _ml, _parts, finding, data, options.Trainer ?? Trainer, options);
    }

    /// <summary>The findings, or that there are none; the same in every culture.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (_run.Validation is { } validation)
            text.Append(Invariant($"On {validation.Count:N0} validation rows the loss is {validation.Loss:0.0000}")).Append(_run.Training is { } training ? Invariant($", on {training.Count:N0} training rows {training.Loss:0.0000}") : "").AppendLine(".");
        if (Findings.Count == 0)
            text.AppendLine("Nothing was found.");
        foreach (var finding in Findings)
        {
            text.AppendLine(finding.ToString());
            if (finding.Code(Trainer) is { } code)
                text.Append("  ").AppendLine(code);
        }

        if (_run.Validation is null || _run.Training is null)
            text.AppendLine("Without TrainingRows and ValidationRows most faults cannot be seen.");
        return text.Replace("\r", "").ToString();
    }
}
