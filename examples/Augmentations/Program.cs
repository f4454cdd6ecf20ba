using System.Globalization;
using Augmentations;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Uri? service = null;
if (args.Length > 2 || args.Any(argument => argument.StartsWith('-')) || (args.Length == 2 && !Uri.TryCreate(args[1], UriKind.Absolute, out service)))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/Augmentations [-- folder for the pictures [address of a LibreTranslate service]]");
    return 2;
}

const int Draws = 6;
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 130);
var folder = args.FirstOrDefault() ?? ".";
Directory.CreateDirectory(folder);
var ml = new MLContext(seed: 1);

var photos = Path.Combine(folder, "augmented-photos.png");
using (var sheet = new ContactSheet(1 + Draws, side: 84))
{
    foreach (var transform in ImageTransform.All)
        sheet.Add(transform.Name, Drawn(Pictures.Photos(ml), transform.ForPhotos, picture: 1), channels: 3, white: 255, isInk: false);
    sheet.Save(photos);
}

var digits = Path.Combine(folder, "augmented-digits.png");
using (var sheet = new ContactSheet(1 + Draws, side: 64))
{
    foreach (var transform in ImageTransform.All.Where(transform => transform.ForDigits is not null))
        sheet.Add(transform.Name, Drawn(Pictures.Digits(ml), transform.ForDigits!, picture: 3), channels: 1, white: 16, isInk: true);
    sheet.Save(digits);
}

var table = Path.Combine(folder, "augmented-table.png");
TableRows.Draw(ml, table);

Console.WriteLine($"Image transforms, each picture as it is and six times augmented: {photos} and {digits}.");
Console.WriteLine($"Table transforms, age and amount of 300 credits before (grey) and after (blue): {table}.");
Console.WriteLine();
AnsiConsole.Write(TableRows.Show(ml));
Console.WriteLine();
AnsiConsole.Write(TextRows.Show(ml, service));
return 0;

// A picture as it is, and as other seeds change it.
IEnumerable<float[]> Drawn(IDataView view, Microsoft.ML.Regularization.AugmentationOptions options, int picture)
{
    yield return view.GetColumn<float[]>("Features").ElementAt(picture);
    for (var draw = 0; draw < Draws; draw++)
        yield return new MLContext(seed: draw).Data.Augment(view, options).GetColumn<float[]>("Features").ElementAt(picture);
}
