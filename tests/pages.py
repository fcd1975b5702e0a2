"""Invented news pages in five scripts, in layouts that no site has: what tests of whole pages share."""

import json
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Story:
    """One article and what stands around it."""

    lang: str
    site: str
    title: str
    subtitle: str
    author: str
    lead: str
    heading: str
    second: str
    items: tuple[str, str]
    quote: str
    last: str
    caption: str
    credit: str
    promo: str
    tags: tuple[str, str]
    menu: tuple[str, ...]
    related_label: str
    related: tuple[str, ...]
    rights: str


HINDI = Story(
    lang="hi",
    site="नदीपथ समाचार",
    title="पहाड़ी जिले में खुली पहली चलती-फिरती लाइब्रेरी",
    subtitle="चार हजार किताबों वाली बस हर हफ्ते बीस गांवों का चक्कर लगाएगी और बच्चों को मुफ्त किताबें देगी",
    author="मीरा जोशी",
    lead="जिले की पहली चलती-फिरती लाइब्रेरी सोमवार को रवाना हुई। इस बस में चार हजार किताबें हैं और यह हर हफ्ते बीस गांवों में रुकेगी।",
    heading="बच्चों के लिए अलग कोना",
    second="बस के पिछले हिस्से में बच्चों के लिए अलग कोना बनाया गया है। शिक्षकों ने बताया कि गांवों में किताबें मिलना अब तक बहुत मुश्किल था।",
    items=("किताब पंद्रह दिन तक घर ले जाई जा सकती है।", "सदस्य बनने के लिए कोई शुल्क नहीं देना होगा।"),
    quote="हमारी दादी ने पहली बार अपनी बोली की किताब हाथ में ली, यह हमारे लिए बड़ा दिन है।",
    last="प्रशासन का कहना है कि अगले साल ऐसी दो और बसें चलाई जाएंगी। इसके लिए गांवों से सुझाव मांगे गए हैं।",
    caption="सोमवार को गांव पहुंची चलती-फिरती लाइब्रेरी में किताबें देखते बच्चे",
    credit="फोटो: रमेश नेगी",
    promo="यह भी पढ़ें: पहाड़ों में समय से पहले खिले बुरांश के फूल",
    tags=("लाइब्रेरी", "गांव"),
    menu=("होम", "देश", "विदेश", "खेल", "कारोबार"),
    related_label="संबंधित खबरें",
    related=("मंडी में सेब के दाम गिरे, बागवान परेशान", "झील की सफाई में जुटे सौ युवा", "स्कूलों में शुरू होगी संगीत की पढ़ाई"),
    rights="© 2026 नदीपथ समाचार। सर्वाधिकार सुरक्षित।",
)
TAMIL = Story(
    lang="ta",
    site="ஆற்றுவழி செய்தி",
    title="மலைக் கிராமத்தில் புதிய நடமாடும் நூலகம் தொடக்கம்",
    subtitle="நாலாயிரம் நூல்களுடன் இருபது கிராமங்களுக்கு வாரம்தோறும் இந்தப் பேருந்து செல்லும் என்று அறிவிப்பு",
    author="கயல்விழி முருகன்",
    lead="மாவட்டத்தின் முதல் நடமாடும் நூலகம் திங்கள்கிழமை தொடங்கி வைக்கப்பட்டது. இந்தப் பேருந்தில் நாலாயிரம் நூல்கள் உள்ளன, வாரம்தோறும் இருபது கிராமங்களுக்குச் செல்லும்.",
    heading="குழந்தைகளுக்குத் தனி இடம்",
    second="பேருந்தின் பின்பகுதியில் குழந்தைகளுக்காகத் தனி இடம் ஒதுக்கப்பட்டுள்ளது. கிராமங்களில் இதுவரை நூல்கள் கிடைப்பது மிகவும் கடினமாக இருந்தது என்று ஆசிரியர்கள் தெரிவித்தனர்.",
    items=("நூலை பதினைந்து நாட்கள் வீட்டில் வைத்திருக்கலாம்.", "உறுப்பினராகக் கட்டணம் எதுவும் இல்லை."),
    quote="என் பாட்டி முதல் முறையாகத் தன் ஊர் கதை நூலைக் கையில் எடுத்தார், இது எங்களுக்குப் பெரிய நாள்.",
    last="அடுத்த ஆண்டு மேலும் இரண்டு பேருந்துகள் இயக்கப்படும் என்று நிர்வாகம் தெரிவித்துள்ளது. இதற்காகக் கிராம மக்களிடம் கருத்து கேட்கப்பட்டுள்ளது.",
    caption="திங்கள்கிழமை கிராமத்துக்கு வந்த நடமாடும் நூலகத்தில் நூல்களைப் பார்க்கும் குழந்தைகள்",
    credit="படம்: செல்வம்",
    promo="இதையும் படிங்க: மலைப்பகுதியில் முன்கூட்டியே பூத்த குறிஞ்சி மலர்கள்",
    tags=("நூலகம்", "கிராமம்"),
    menu=("முகப்பு", "தமிழகம்", "இந்தியா", "உலகம்", "விளையாட்டு"),
    related_label="தொடர்புடைய செய்திகள்",
    related=("சந்தையில் தக்காளி விலை சரிவு", "ஏரியைச் சுத்தம் செய்த இளைஞர்கள்", "பள்ளிகளில் இசை வகுப்புகள் அறிமுகம்"),
    rights="© 2026 ஆற்றுவழி செய்தி. அனைத்து உரிமைகளும் பாதுகாக்கப்பட்டவை.",
)
URDU = Story(
    lang="ur",
    site="ندی پتھ نیوز",
    title="پہاڑی ضلع میں پہلی چلتی پھرتی لائبریری کا آغاز",
    subtitle="چار ہزار کتابوں والی یہ بس ہر ہفتے بیس گاؤں کا چکر لگائے گی اور بچوں کو مفت کتابیں دے گی",
    author="زینب انصاری",
    lead="ضلع کی پہلی چلتی پھرتی لائبریری پیر کو روانہ ہوئی۔ اس بس میں چار ہزار کتابیں ہیں اور یہ ہر ہفتے بیس گاؤں میں رکے گی۔",
    heading="بچوں کے لیے الگ گوشہ",
    second="بس کے پچھلے حصے میں بچوں کے لیے الگ گوشہ بنایا گیا ہے۔ اساتذہ نے بتایا کہ گاؤں میں کتابیں ملنا اب تک بہت مشکل تھا۔",
    items=("کتاب پندرہ دن تک گھر لے جائی جا سکتی ہے۔", "رکن بننے کے لیے کوئی فیس نہیں دینی ہوگی۔"),
    quote="ہماری دادی نے پہلی بار اپنی بولی کی کتاب ہاتھ میں لی، یہ ہمارے لیے بڑا دن ہے۔",
    last="انتظامیہ کا کہنا ہے کہ اگلے سال ایسی دو اور بسیں چلائی جائیں گی۔ اس کے لیے گاؤں والوں سے تجاویز مانگی گئی ہیں۔",
    caption="پیر کو گاؤں پہنچنے والی چلتی پھرتی لائبریری میں کتابیں دیکھتے بچے",
    credit="تصویر: عارف خان",
    promo="یہ بھی پڑھیں: پہاڑوں میں وقت سے پہلے کھل گئے پھول",
    tags=("لائبریری", "گاؤں"),
    menu=("ہوم", "ملک", "دنیا", "کھیل", "کاروبار"),
    related_label="متعلقہ خبریں",
    related=("منڈی میں سیب کے دام گر گئے", "جھیل کی صفائی میں جٹے نوجوان", "اسکولوں میں موسیقی کی تعلیم شروع ہوگی"),
    rights="© 2026 ندی پتھ نیوز۔ جملہ حقوق محفوظ ہیں۔",
)
THAI = Story(
    lang="th",
    site="ข่าวริมน้ำ",
    title="เปิดห้องสมุดเคลื่อนที่แห่งแรกบนดอยสูง",
    subtitle="รถบรรทุกหนังสือสี่พันเล่มจะวิ่งไปยังยี่สิบหมู่บ้านทุกสัปดาห์และให้เด็กยืมอ่านได้ฟรี",
    author="นภา แสงทอง",
    lead="ห้องสมุดเคลื่อนที่แห่งแรกของอำเภอเริ่มออกเดินทางเมื่อวันจันทร์ที่ผ่านมา รถคันนี้มีหนังสือสี่พันเล่มและจะจอดที่ยี่สิบหมู่บ้านในแต่ละสัปดาห์",
    heading="มุมพิเศษสำหรับเด็ก",
    second="ด้านหลังของรถจัดเป็นมุมพิเศษสำหรับเด็กโดยเฉพาะ ครูในพื้นที่เล่าว่าที่ผ่านมาการหาหนังสืออ่านในหมู่บ้านนั้นยากมากสำหรับทุกคน",
    items=("ยืมหนังสือกลับบ้านได้นานสิบห้าวัน", "สมัครสมาชิกได้โดยไม่มีค่าใช้จ่าย"),
    quote="คุณยายของเราได้จับหนังสือภาษาถิ่นของตัวเองเป็นครั้งแรก วันนี้เป็นวันสำคัญของพวกเรา",
    last="เจ้าหน้าที่กล่าวว่าปีหน้าจะมีรถแบบนี้เพิ่มอีกสองคัน และกำลังรับฟังความคิดเห็นจากชาวบ้านในทุกหมู่บ้านที่รถวิ่งผ่าน",
    caption="เด็กๆ เลือกดูหนังสือในห้องสมุดเคลื่อนที่ที่มาถึงหมู่บ้านเมื่อวันจันทร์",
    credit="ภาพ: สมชาย ใจดี",
    promo="อ่านเพิ่มเติม: ดอกไม้บนดอยบานก่อนเวลา",
    tags=("ห้องสมุด", "หมู่บ้าน"),
    menu=("หน้าแรก", "ในประเทศ", "ต่างประเทศ", "กีฬา", "เศรษฐกิจ"),
    related_label="ข่าวที่เกี่ยวข้อง",
    related=("ราคาผลไม้ในตลาดลดลง", "เยาวชนร่วมทำความสะอาดทะเลสาบ", "โรงเรียนเริ่มสอนดนตรีพื้นบ้าน"),
    rights="© 2026 ข่าวริมน้ำ สงวนลิขสิทธิ์",
)
ENGLISH = Story(
    lang="en",
    site="The River Path",
    title="First travelling library opens in the hill district",
    subtitle="A bus with four thousand books will call at twenty villages every week and lend them to children free of charge",
    author="Leela Menon",
    lead="The district's first travelling library set out on Monday. The bus holds four thousand books and will stop at twenty villages every week.",
    heading="A corner for children",
    second="The back of the bus has been turned into a corner for children. Teachers said that until now it had been hard to find books in the villages.",
    items=("A book may be kept at home for fifteen days.", "Nobody has to pay to become a member."),
    quote="My grandmother held a book in her own tongue for the first time, and that makes it a great day for all of us.",
    last="Officials said that two more buses would follow next year. They have asked the villages where the buses should stop.",
    caption="Children look at books in the travelling library, which reached the village on Monday",
    credit="Photo: Arun Das",
    promo="Also read: Hill flowers bloom ahead of time",
    tags=("library", "villages"),
    menu=("Home", "Nation", "World", "Sport", "Business"),
    related_label="Related stories",
    related=("Apple prices fall at the market", "Young people clean the lake", "Schools to teach folk music"),
    rights="© 2026 The River Path. All rights reserved.",
)
STORIES = (HINDI, TAMIL, URDU, THAI, ENGLISH)

URL = "https://www.nadipath.example/2026/03/library"
PUBLISHED = "2026-03-02T09:30:00+05:30"
MODIFIED = "2026-03-02T18:00:00+05:30"


def linked_data(story: Story) -> str:
    """The story as JSON-LD."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": PUBLISHED,
        "dateModified": MODIFIED,
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "Organization", "name": story.site},
        "keywords": list(story.tags),
        "mainEntityOfPage": URL,
        "inLanguage": story.lang,
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def meta_tags(story: Story) -> str:
    """The story as meta tags."""
    values = {
        "og:title": f"{story.title} | {story.site}",
        "og:site_name": story.site,
        "og:description": story.subtitle,
        "article:published_time": PUBLISHED,
        "article:modified_time": MODIFIED,
        "author": story.author,
        "news_keywords": ", ".join(story.tags),
    }
    tags = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in values.items())
    return f'{tags}<link rel="canonical" href="{URL}">'


def body_lines(story: Story) -> list[str]:
    """The lines of the body, as every layout has them."""
    return [story.lead, story.heading, story.second, *story.items, story.quote, story.last]


def page(story: Story, head: str | None = None, promo: str = "") -> str:
    """The page of the story; `head` replaces its JSON-LD, `promo` stands between its paragraphs."""
    menu = "".join(f'<li><a href="/{number}">{name}</a></li>' for number, name in enumerate(story.menu))
    related = "".join(f'<li><a href="/r{number}">{title}</a></li>' for number, title in enumerate(story.related))
    items = "".join(f"<li>{item}</li>" for item in story.items)
    direction = ' dir="rtl"' if story.lang == "ur" else ""
    return (
        f'<!DOCTYPE html><html lang="{story.lang}-x"{direction}><head><meta charset="utf-8"><title>{story.title} | {story.site}</title>'
        f"{linked_data(story) if head is None else head}<style>.x {{ content: 'styled words' }}</style></head><body>"
        f'<header class="top"><a href="/">{story.site}</a><nav><ul>{menu}</ul></nav></header><main><article>'
        f'<h1>{story.title}</h1><p class="standfirst">{story.subtitle}</p><div class="byline">{story.author}</div>'
        f'<figure><img src="a.jpg"><figcaption>{story.caption} <span class="credit">{story.credit}</span></figcaption></figure>'
        f'<div class="story-body"><p>{story.lead}</p>{promo}<h2>{story.heading}</h2><p>{story.second}</p>'
        f"<script>document.write('scripted words')</script><ul>{items}</ul><blockquote><p>{story.quote}</p></blockquote>"
        f'<p>{story.last}</p></div></article></main><aside class="related"><h3>{story.related_label}</h3><ul>{related}</ul></aside>'
        f"<footer><p>{story.rights}</p></footer></body></html>"
    )
